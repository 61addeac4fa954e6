package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that lacks the bundles at the height, as its operator sees it. */
class HoldIT {
  @TempDir Path folder;

  @Test
  void holdsServesAndGoesOnWhenTheFileIsDroppedIntoDeploy() throws IOException {
    try (NodeProcess node = NodeProcess.init(folder.resolve("home")).start().awaitHeight(1)) {
      long pid = node.pid();
      long height = Upgrades.pass(node, "v2", 24, "");
      node.until("the hold", () -> Upgrades.state(node).equals("HELD"));
      JsonNode status = node.shell("node:status");
      assertThat(status.path("height").asLong()).isEqualTo(height - 1);
      assertThat(status.toString()).contains("upgrade:deploy");
      assertThat(node.log()).contains("UPGRADE \"v2\" NEEDED at height: " + height);
      assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");

      drop(Distribution.upgrade(), node.home().resolve("deploy"));
      node.awaitHeight(height + 1);
      assertThat(node.shell("upgrade:generations").toString()).contains("\"name\":\"v2\"");
      assertThat(node.shell("node:status").path("pid").asLong()).isEqualTo(pid);
      node.stop();

      node.start().awaitHeight(height + 2);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
    }
  }

  @Test
  void saysWhatIsWrongWithAnArtifactAndServesOn() throws IOException {
    try (NodeProcess node = NodeProcess.init(folder.resolve("home")).start().awaitHeight(1)) {
      Path noBundle = Files.writeString(folder.resolve("note.zip"), "no zip at all");
      NodeProcess.Result result =
          node.run("shell", "-c", "upgrade:deploy " + noBundle.toAbsolutePath());
      assertThat(result.status()).isEqualTo(1);
      assertThat(result.output()).contains("neither a bundle nor a zip archive of bundles");
      long height = node.height();
      node.awaitHeight(height + 2);
    }
  }

  @Test
  void keepsOthersOutOfItsShell() throws IOException {
    try (NodeProcess node = NodeProcess.init(folder.resolve("home")).start().awaitHeight(1)) {
      assertThat(Files.getPosixFilePermissions(node.home().resolve("run")))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
      assertThat(node.run("shell", "-c", "felix:lb").output()).contains("Segue Module bank");
      String refusal = node.run("shell", "-c", "felix:uninstall " + bankId(node)).output();
      assertThat(refusal).contains("generation");
    }
  }

  private static String bankId(NodeProcess node) {
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
