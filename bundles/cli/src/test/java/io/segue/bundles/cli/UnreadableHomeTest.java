package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Homes that can't be read or written, by means that stop even the superuser. */
class UnreadableHomeTest {
  @TempDir Path folder;

  @Test
  void keysListRefusesWhatIsNoFolder() throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("keys"), "a file");

    assertRefused(home.resolve("keys"), "keys", "list", "--home", home.toString());
  }

  @Test
  void keysAddRefusesAHomeThatCanNotBeMade() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a file");

    assertRefused(
        file, "keys", "add", "a", "--no-passphrase", "--home", file.resolve("home").toString());
  }

  @Test
  void initRefusesAHomeThatIsAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a file");

    assertRefused(file, "init", "--chain-id", "c", "--no-passphrase", "--home", file.toString());
  }

  private static void assertRefused(Path named, String... arguments) {
    StringWriter errors = new StringWriter();
    CommandLine line = Segue.commandLine();
    line.setErr(new PrintWriter(errors, true));

    int status = line.execute(arguments);

    assertThat(status).isNotZero();
    assertThat(errors.toString())
        .startsWith("segue: ")
        .contains(named.toString())
        .doesNotContain("Exception");
  }
}
