package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that lacks the bundles at the height, as its operator sees it. */
class HoldIT {
  @TempDir Path folder;

  @Test
  void holdsServesAndGoesOnWhenTheFileIsDroppedIntoDeploy() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      long pid = node.pid();
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "");
      node.until("the hold", () -> UpgradePlans.state(node).equals("HELD"));
      JsonNode status = node.shell("node:status");
      assertThat(status.path("height").asLong()).isEqualTo(height - 1);
      assertThat(status.toString()).contains("upgrade:deploy");
      assertThat(node.log()).contains("UPGRADE \"v2\" NEEDED at height: " + height);
      assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");

      drop(Distribution.upgrade("v2"), node.home().resolve("deploy"));
      node.awaitHeight(height + 1);
      assertThat(node.shell("upgrade:generations").toString()).contains("\"name\":\"v2\"");
      assertThat(node.shell("node:status").path("pid").asLong()).isEqualTo(pid);
      node.stop();

      node.start().awaitHeight(height + 2);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "io.segue.itests.broken.ThrowingHandler,the handler is broken",
    "io.segue.itests.broken.ThrowingRewrite,the rewrite is broken"
  })
  void holdsWhereAnUpgradeThrowsAndGoesOnWithTheOneThatMendsIt(
      Class<? extends UpgradeHandler> broken, String reason) throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      long pid = node.pid();
      Path jar = BrokenUpgrade.write(folder.resolve("broken.jar"), "v2", broken);
      node.inShell("upgrade:deploy " + jar.toAbsolutePath());
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "");
      node.until("the hold", () -> UpgradePlans.state(node).equals("HELD"));
      assertThat(node.shell("node:status").toString()).contains(reason, "upgrade:deploy");
      assertThat(node.shell("node:status").path("height").asLong()).isEqualTo(height - 1);
      assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");

      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      node.awaitHeight(height + 1);
      JsonNode status = node.shell("node:status");
      assertThat(status.path("generation").asText()).isEqualTo("v2");
      assertThat(status.path("pid").asLong()).isEqualTo(pid);
    }
  }

  @Test
  void saysWhatIsWrongWithAnArtifactAndServesOn() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      Path noBundle = Files.writeString(folder.resolve("note.zip"), "no zip at all");
      TestedNode.Result result = node.tryInShell("upgrade:deploy " + noBundle.toAbsolutePath());
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.output()).contains("neither a bundle nor a zip archive of bundles");
      long height = node.height();
      node.awaitHeight(height + 2);
    }
  }

  @Test
  void keepsOthersOutOfItsShell() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      assertThat(Files.getPosixFilePermissions(node.home().resolve("run")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(node.tryInShell("felix:lb").output()).contains("Segue Module bank");
      String refusal = node.tryInShell("felix:uninstall " + bankId(node)).output();
      assertThat(refusal).contains("generation");
    }
  }

  private static String bankId(TestedNode node) {
    for (JsonNode generation : node.shell("upgrade:generations").findValues("bundles")) {
      for (JsonNode bundle : generation) {
        if (bundle.path("symbolicName").asText().equals("io.segue.bundles.bank")) {
          return bundle.path("id").asText();
        }
      }
    }
    throw new AssertionError("no bank in any generation");
  }

  /** As operators copy: whole, by a rename within the file system. */
  private static void drop(Path file, Path into) throws IOException {
    Path incoming = into.resolveSibling(".v2.zip.incoming");
    Files.copy(file, incoming);
    Files.move(incoming, into.resolve("v2.zip"), StandardCopyOption.ATOMIC_MOVE);
  }
}
