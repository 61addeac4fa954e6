package io.segue.bundles.cli.testnet;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.cli.home.Home;
import io.segue.bundles.nodes.NodeProcess;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes of a network whose supervisor was killed. */
class LeftProcessTest {
  @TempDir Path folder;

  @Test
  void isStoppedWhereItIsTheCometBftOfThisHome() throws Exception {
    Process own = cometBft(folder.resolve("node0"));
    Process another = cometBft(folder.resolve("node01"));
    try {
      assertThat(CometBft.stopLeft(Home.at(folder.resolve("node0")))).isTrue();
      assertThat(own.isAlive()).isFalse();
      assertThat(another.isAlive()).isTrue();
      assertThat(CometBft.stopLeft(Home.at(folder.resolve("node0")))).isFalse();
    } finally {
      own.destroyForcibly();
      another.destroyForcibly();
    }
  }

  @Test
  void isNoNodeWhereItOnlyHasTheHome() throws Exception {
    Process command = cometBft(folder);
    try {
      assertThat(NodeProcess.running(folder)).isEmpty();
    } finally {
      command.destroyForcibly();
    }
  }

  /** A process with the words of CometBFT's command line, which waits for its input. */
  private static Process cometBft(Path home) throws IOException {
    return new ProcessBuilder("sh", "-c", "read line", "start", "--home", home.toString()).start();
  }
}
