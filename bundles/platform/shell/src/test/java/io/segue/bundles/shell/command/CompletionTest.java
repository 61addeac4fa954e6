package io.segue.bundles.shell.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  private final FakeNode node = new FakeNode();
  private final NodeAccess access = new NodeAccess(Path.of("/home/segue"));
  private final Gogo gogo = Gogo.with(access);
  @TempDir Path folder;

  @Test
  void offersOurCommandsBeforeAnythingIsTyped() {
    assertThat(complete(""))
        .contains("node:status", "upgrade:deploy", "help")
        .doesNotContain("felix:lb", "lb");
  }

  @Test
  void offersTheCommandsThatBeginWithWhatIsTyped() {
    assertThat(complete("upgrade:d")).containsExactly("upgrade:deploy");
    assertThat(complete("felix:")).containsExactly("felix:headers", "felix:lb");
    assertThat(complete("l")).containsExactly("log:level", "lb");
    assertThat(complete("node:status | gr")).containsExactly("grep", "grope");
  }

  @Test
  void offersOptionsThatAreNotThereYet() {
    assertThat(complete("gov:proposals --")).containsExactly("--limit", "--output", "--help");
    assertThat(complete("gov:proposals --limit 5 --")).containsExactly("--output", "--help");
    assertThat(complete("gov:proposals --limit=5 --o")).containsExactly("--output");
  }

  @Test
  void offersTheValuesOfAnOption() {
    assertThat(complete("proposals --output ")).containsExactly("text", "json");
    assertThat(complete("gov:proposals --output j")).containsExactly("json");
    assertThat(complete("gov:proposals --limit ")).isEmpty();
    assertThat(complete("gov:proposals --colour ")).isEmpty();
  }

  @Test
  void offersHeightsOfTheRunningNode() {
    access.setNode(node);

    assertThat(complete("module:versions --height ")).containsExactly("101");
    assertThat(complete("chain:block ")).containsExactly("101");
    assertThat(complete("chain:block 101 ")).isEmpty();
    assertThat(complete("chain:block --output json 1")).containsExactly("101");
  }

  @Test
  void offersNothingWhereTheKernelDoesNotRun() {
    assertThat(complete("module:versions --height ")).isEmpty();
    assertThat(complete("gov:proposal ")).isEmpty();
  }

  @Test
  void offersNothingForCommandsOfOthers() {
    assertThat(complete("felix:headers ")).isEmpty();
  }

  @Test
  void offersCommandsToHelp() {
    assertThat(complete("help gov:")).containsExactly("gov:proposal", "gov:proposals");
  }

  @Test
  void offersBundlesArchivesAndFolders() throws Exception {
    Files.createDirectory(folder.resolve("build"));
    Files.createFile(folder.resolve("build/v2.zip"));
    Files.createFile(folder.resolve("bank.jar"));
    Files.createFile(folder.resolve("bank.txt"));
    Files.createFile(folder.resolve("bad name.jar"));
    Files.createFile(folder.resolve(".hidden.jar"));

    assertThat(complete("upgrade:deploy ")).containsExactly("bank.jar", "build/");
    assertThat(complete("upgrade:deploy bu")).containsExactly("build/");
    assertThat(complete("upgrade:deploy build/")).containsExactly("build/v2.zip");
    assertThat(complete("upgrade:deploy " + folder + "/ba")).containsExactly(folder + "/bank.jar");
    assertThat(complete("upgrade:deploy nowhere/")).isEmpty();
    assertThat(complete("upgrade:deploy .")).containsExactly(".hidden.jar");
  }

  @Test
  void offersNoMoreFilesThanALimit() throws Exception {
    for (int i = 0; i <= FileNames.MAX_NAMES; i++) {
      Files.createFile(folder.resolve(i + ".zip"));
    }

    assertThat(complete("upgrade:deploy ")).hasSize(FileNames.MAX_NAMES);
  }

  private List<String> complete(String line) {
    return gogo.complete(line, folder);
  }
}
