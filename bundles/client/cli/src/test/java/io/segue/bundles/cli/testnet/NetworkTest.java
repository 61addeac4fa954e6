package io.segue.bundles.cli.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTest {
  @TempDir Path folder;

  @Test
  void isRunByNoProcessThatHasGotTheNumberOfItsSupervisor() throws Exception {
    Network network = new Network(Home.at(folder));
    Path file = folder.resolve("testnet.pid");
    assertThat(network.supervisor()).isEmpty();
    Files.writeString(file, ProcessHandle.current().pid() + "\n");
    assertThat(network.supervisor()).isEmpty();
    network.supervise();
    assertThat(file).content().startsWith("" + ProcessHandle.current().pid());
    network.leave();
    assertThat(file).doesNotExist();
  }

  @Test
  void asksForANetworkWhereThereIsNone() {
    assertThatThrownBy(() -> new Network(Home.at(folder)).homes())
        .isInstanceOf(CliException.class)
        .hasMessageContaining("segue testnet init --home " + folder);
  }
}
