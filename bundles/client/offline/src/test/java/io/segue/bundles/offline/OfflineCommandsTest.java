package io.segue.bundles.offline;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.cli.Segue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class OfflineCommandsTest {
  @TempDir Path folder;
  private final CommandLine segue = Segue.commandLine();

  @Test
  void theClientListsThemBehindThoseThatMakeAndRunANode() {
    assertThat(List.copyOf(segue.getSubcommands().keySet()))
        .containsSubsequence("init", "testnet", "blocks", "rollback", "replay", "diverge", "demo");
    assertThat(segue.getUsageMessage()).contains("Writes the blocks of a node into a file.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"blocks export", "rollback", "replay"})
  void eachHasHelpAHomeAndJson(String words) {
    CommandLine command = segue;
    for (String word : words.split(" ")) {
      command = command.getSubcommands().get(word);
    }
    CommandSpec spec = command.getCommandSpec();
    assertThat(command.getUsageMessage()).startsWith("Usage: segue " + words);
    assertThat(spec.usageMessage().description()).isNotEmpty();
    for (String option : List.of("--help", "--home", "--output")) {
      assertThat(spec.findOption(option)).as(option).isNotNull();
    }
  }

  @Test
  void anExportOfBlocksNamesWhatIsNoFolder() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(
        Files.createDirectories(home.resolve("data/blocks")).resolve("log"), "a file");
    StringWriter errors = new StringWriter();
    segue.setErr(new PrintWriter(errors, true));

    assertThat(segue.execute("blocks", "export", "out", "--home", home.toString())).isOne();
    assertThat(errors.toString())
        .startsWith("segue: ")
        .contains(home.toString())
        .doesNotContain("Exception");
  }

  @Test
  void aRollbackRefusesAHomeWithoutState() {
    StringWriter errors = new StringWriter();
    segue.setErr(new PrintWriter(errors, true));

    assertThat(segue.execute("rollback", "--home", folder.toString())).isOne();
    assertThat(errors.toString()).contains("holds no state; name the node's folder with --home");
  }
}
