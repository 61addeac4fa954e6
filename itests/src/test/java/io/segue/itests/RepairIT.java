package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.itests.broken.AbortingHandler;
import io.segue.itests.broken.ThrowingHandler;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does about an upgrade that does not go as planned, on a whole node. */
class RepairIT {
  private static final String KERNEL = "io.segue.kernel";

  @TempDir Path folder;

  @Test
  void runsMendedBytesInsteadOfThoseInThePlanAndTellsEverAfter() throws IOException {
    Path broken = BrokenUpgrade.write(folder.resolve("broken.jar"), "v2", ThrowingHandler.class);
    try (ArtifactServer server = new ArtifactServer(broken);
        TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      String info = UpgradePlans.info(server.url(), broken);
      String digest = info.replaceAll(".*sha256:([0-9a-f]{64}).*", "$1");
      long pid = node.pid();
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, info);
      node.until(
          "the hold", () -> UpgradePlans.status(node).path("hold").asText().equals("HANDLER"));
      assertThat(UpgradePlans.state(node)).isEqualTo("HELD");
      assertThat(UpgradePlans.status(node).path("nextStep").asText()).contains("--instead-of");

      node.inShell(
          "upgrade:deploy --instead-of "
              + digest
              + " "
              + Distribution.upgrade("v2").toAbsolutePath());
      node.awaitHeight(height + 1);
      assertThat(node.shell("node:status").path("pid").asLong()).isEqualTo(pid);
      assertThat(node.shell("upgrade:history").toString()).contains("APPLIED", digest);
      node.stop();

      node.start().awaitHeight(height + 2);
      assertThat(node.shell("upgrade:history").toString()).contains(digest);
      assertThat(node.shell("upgrade:generations").toString()).contains(digest);
      node.stop();
    }
  }

  @Test
  void skipsAPlanThatHoldsTheNodeByASettingThatIsSavedMeanwhile() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      long pid = node.pid();
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "");
      node.until("the hold", () -> UpgradePlans.state(node).equals("HELD"));
      assertThat(UpgradePlans.status(node).path("hold").asText()).isEqualTo("MISSING");
      node.set(KERNEL, "skip-heights", "" + height);
      node.awaitHeight(height + 1);
      JsonNode status = node.shell("node:status");
      assertThat(status.path("generation").asText()).isEqualTo("genesis");
      assertThat(status.path("pid").asLong()).isEqualTo(pid);
      assertThat(node.shell("upgrade:history").toString()).contains("SKIPPED");
      assertThat(node.log()).contains("UPGRADE \"v2\" SKIPPED at " + height);
      node.stop();
      assertSkippedAgainInAReplay(node, height);
    }
  }

  /** Though the bundles of the plan are there. */
  private void assertSkippedAgainInAReplay(TestedNode node, long height) {
    Path blocks = folder.resolve("skipped.blocks");
    JsonNode exported = node.segue("blocks", "export", blocks.toString());
    assertThat(exported.at("/skipped/0/height").asLong()).isEqualTo(height);
    JsonNode replayed =
        node.segue(
            "replay",
            "--blocks",
            blocks.toString(),
            "--bundles",
            Distribution.upgrade("v2").getParent().toString());
    assertThat(replayed.path("result").asText()).isEqualTo("EQUAL");
    assertThat(replayed.path("height")).isEqualTo(exported.path("lastHeight"));
  }

  @Test
  void endsAPlanThatRefusesTheStateWhereTheGenesisAllowsIt() throws IOException {
    Path bad = BrokenUpgrade.write(folder.resolve("bad.jar"), "v2", AbortingHandler.class);
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      allowAbort(node.home().resolve("config/genesis.json"));
      node.start().awaitHeight(1);
      node.inShell("upgrade:deploy " + bad.toAbsolutePath());
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "");
      node.awaitHeight(height + 1);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("genesis");
      assertThat(node.shell("upgrade:history").toString()).contains("ABORTED");
      assertThat(UpgradePlans.state(node)).isEqualTo("ABORTED");
      node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait");
      node.stop();
    }
  }

  @Test
  void goesBackAcrossAnUpgradeAndComesToTheSameRoot() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      long height = UpgradePlans.propose(node, "v2", UpgradePlans.AHEAD, "");
      node.set(KERNEL, "halt-height", "" + height);
      node.until("the halt", () -> status(node).contains("halt per configuration height"));
      JsonNode upgraded = node.shell("node:status");
      assertThat(upgraded.path("height").asLong()).isEqualTo(height);
      assertThat(upgraded.path("generation").asText()).isEqualTo("v2");
      assertThat(node.run("rollback").output()).contains("in use by another node");
      node.stop();

      JsonNode back = node.segue("rollback");
      assertThat(back.path("height").asLong()).isEqualTo(height - 1);
      node.start().awaitHeight(height);
      JsonNode again = node.shell("node:status");
      assertThat(again.path("appHash").asText()).isEqualTo(upgraded.path("appHash").asText());
      assertThat(again.path("generation").asText()).isEqualTo("v2");

      node.set(KERNEL, "halt-height", "0");
      node.awaitHeight(height + 2);
      node.stop();
      long last = node.segue("rollback", "--hard").path("height").asLong();
      node.start().awaitHeight(last + 2);
      node.stop();
    }
  }

  private static String status(TestedNode node) {
    return node.shell("node:status").toString();
  }

  static void allowAbort(Path genesis) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(genesis.toFile());
    ObjectNode upgrade = ((ObjectNode) root.path("app_state")).withObject("/upgrade");
    upgrade.putObject("params").put("allow_abort", true);
    json.writeValue(genesis.toFile(), root);
  }
}
