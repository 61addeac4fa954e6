package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.TemporaryHome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose data/artifacts is lost, or whose state came from elsewhere. */
class LostArtifactsIT {
  @TempDir Path folder;

  @Test
  void startsFromTheDistributionFromACheckpointAndElseHoldsUntilTheArtifactIsDeployed()
      throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start()) {
      node.awaitHeight(2);
      Path checkpoint = folder.resolve("checkpoint");
      node.inShell("store:checkpoint " + checkpoint);
      node.stop();
      remove(node.home().resolve("data/artifacts"));

      node.start();
      node.awaitHeight(3);
      assertThat(node.log()).contains("generation genesis is taken from the distribution");
      node.stop();
      remove(node.home().resolve("data/artifacts"));

      Files.createDirectory(node.home().resolve("genesis"));
      node.start();
      node.until("the hold", () -> status(node).contains("\"HELD\""));
      assertThat(status(node)).contains("upgrade:deploy");
      assertThat(node.tryInShell("upgrade:retry").status()).isEqualTo(1);
      Path zip = zip(folder.resolve("genesis.zip"));
      node.inShell("upgrade:deploy " + zip);
      node.awaitHeight(4);
      assertThat(status(node)).contains("\"RUNNING\"");
      node.stop();
      remove(node.home().resolve("data/artifacts"));
      remove(node.home().resolve("data/state"));
      TemporaryHome.copy(checkpoint, node.home().resolve("data/state"));

      node.start();
      node.awaitHeight(5);
    }
  }

  /** As the help of {@code store:checkpoint} says it, while the node runs. */
  @Test
  void goesOnInAnotherHomeFromACheckpointWithTheBlocksAndElseSaysThatTheyAreMissing()
      throws IOException {
    Path checkpoint = folder.resolve("checkpoint");
    Path home = folder.resolve("restored");
    TestedNode restored;
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start()) {
      node.awaitHeight(2);
      node.inShell("store:checkpoint " + checkpoint);
      node.awaitHeight(4);
      for (String part : List.of("config", "etc", "data/blocks/log")) {
        TemporaryHome.copy(node.home().resolve(part), folder.resolve("backup").resolve(part));
      }
      node.stop();
      restored = node.movedTo(home);
    }
    TemporaryHome.copy(folder.resolve("backup/config"), home.resolve("config"));
    TemporaryHome.copy(folder.resolve("backup/etc"), home.resolve("etc"));
    TemporaryHome.copy(checkpoint, home.resolve("data/state"));
    try (restored) {
      restored.start();
      restored.until("the refusal", () -> status(restored).contains("restore data/blocks"));
      restored.stop();
      remove(home.resolve("data/blocks"));
      TemporaryHome.copy(folder.resolve("backup/data/blocks"), home.resolve("data/blocks"));

      restored.start().awaitHeight(6);
      assertThat(restored.rpc("block?height=1").toString()).contains("itest-1");
    }
  }

  @Test
  void goesOnByItselfOnceTheFolderOfTheArtifactsCanBeRead() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start()) {
      node.awaitHeight(2);
      node.stop();
      Path artifacts = node.home().resolve("data/artifacts");
      Path aside = folder.resolve("aside");
      Files.move(artifacts, aside);
      Files.writeString(artifacts, "no folder");

      node.start();
      node.until("the hold", () -> status(node).contains("\"STORAGE\""));
      assertThat(status(node)).contains("data/artifacts");
      Files.delete(artifacts);
      Files.move(aside, artifacts);
      node.awaitHeight(3);
    }
  }

  /** Empty while the shell is not open. */
  private static String status(TestedNode node) {
    return node.tryInShell("node:status --output json").output();
  }

  private static Path zip(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Path jar : Distribution.genesis()) {
        zip.putNextEntry(new ZipEntry(jar.getFileName().toString()));
        Files.copy(jar, zip);
      }
    }
    return file;
  }

  private static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
