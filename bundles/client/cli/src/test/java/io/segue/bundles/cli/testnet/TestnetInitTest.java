package io.segue.bundles.cli.testnet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.cli.console.CliException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TestnetInitTest {
  @TempDir Path folder;

  @Test
  void givesEachValidatorAnAddress() {
    assertThat(TestnetInit.hosts("127.0.0.1", 3))
        .containsExactly("127.0.0.1", "127.0.0.2", "127.0.0.3");
    assertThat(TestnetInit.hosts("127.0.9.239", 16)).endsWith("127.0.9.254");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1,0", "127.0.0.1,17", "127.0.0.252,4", "10.0.0.1,4", "127.0.0.0,1"})
  void refusesOthers(String first, int count) {
    assertThatThrownBy(() -> TestnetInit.hosts(first, count))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("is refused: write a");
  }

  @Test
  void findsTheProgramThatTheEnvironmentNamesElseOnThePath() throws Exception {
    Path program = Files.createFile(folder.resolve("cometbft"));
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Map<String, String> path = Map.of("PATH", "/nowhere::" + folder);
    assertThat(CometBft.find(path)).isEqualTo(program);
    Map<String, String> named = Map.of("PATH", "/nowhere", CometBft.VARIABLE, "" + program);
    assertThat(CometBft.find(named)).isEqualTo(program);
    assertThat(CometBft.find(Map.of("PATH", "" + folder, CometBft.VARIABLE, "")))
        .isEqualTo(program);
    assertThatThrownBy(() -> CometBft.find(Map.of(CometBft.VARIABLE, "" + folder)))
        .isInstanceOf(CliException.class)
        .hasMessage(folder + " is no program; name that of CometBFT");
    assertThatThrownBy(() -> CometBft.find(Map.of("PATH", "/nowhere")))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("go install github.com/cometbft/cometbft/cmd/cometbft@");
  }
}
