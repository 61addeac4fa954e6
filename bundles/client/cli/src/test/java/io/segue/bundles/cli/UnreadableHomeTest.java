package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "config, config set chain-id c",
    "keys, keys show a",
    "keys, keys delete a --yes",
    "keys, keys export a",
    "keys, keys rename a b",
    "keys, tx bank send a cosmos17xpfvakm2amg962yls6f84z3kell8c5lserqta 1stake",
    "run, shell -c node:status",
    "node0, testnet init --no-passphrase --cometbft /bin/true",
    "node0, testnet start",
  })
  void everyCommandNamesWhatIsNoFolder(String wrong, String words) throws IOException {
    Path home = Files.createDirectory(folder.resolve("home"));
    Path file = home.resolve(wrong);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "a file");
    List<String> line = new ArrayList<>(List.of(words.split(" ")));
    line.addAll(List.of("--home", home.toString()));

    assertRefused(home, line.toArray(String[]::new));
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
