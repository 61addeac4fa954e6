package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One chain through both upgrades that are shipped: plan v2 by its checksum, v3 deployed by hand.
 * Its heights are asked on the node that ran them, and all of it is replayed on an empty one.
 */
class ReplayIT {
  private static final String[] FEES = {"--fees", "5000stake"};

  @TempDir static Path folder;

  private static TestedNode node;
  private static long v2;
  private static long v3;
  private static Path blocks;
  private static JsonNode exported;

  @BeforeAll
  static void runAChainThroughTwoUpgrades() {
    node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1);
    node.command("keys", "add", "bob", "--no-passphrase");
    send();
    try (ArtifactServer server = new ArtifactServer(Distribution.upgrade("v2"))) {
      v2 =
          UpgradePlans.pass(
              node,
              "v2",
              UpgradePlans.AHEAD,
              UpgradePlans.info(server.url(), Distribution.upgrade("v2")));
      node.awaitHeight(v2 + 1);
    }
    send(FEES);
    node.inShell("upgrade:deploy " + Distribution.upgrade("v3").toAbsolutePath());
    v3 = UpgradePlans.pass(node, "v3", UpgradePlans.AHEAD, "");
    node.awaitHeight(v3 + 1);
    send(FEES);
    blocks = folder.resolve("chain.blocks");
    exported = node.segue("blocks", "export", blocks.toString());
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void exportsBesideTheRunningNodeWithTheGenerationsThatRan() {
    assertThat(exported.path("txs").asLong()).isEqualTo(3 + 2 * 2);
    assertThat(exported.at("/generations/0/name").asText()).isEqualTo("v2");
    assertThat(exported.at("/generations/0/firstHeight").asLong()).isEqualTo(v2);
    assertThat(exported.at("/generations/1/name").asText()).isEqualTo("v3");
    assertThat(exported.at("/generations/1/firstHeight").asLong()).isEqualTo(v3);
  }

  @Test
  void answersEachHeightByItsOwnCodeAcrossBothUpgradesAndARestart() {
    assertThat(node.segue("query", "bank", "balances", "bob", "--height", "" + (v2 - 1)).toString())
        .contains("\"7\"");
    node.stop();
    node.start().awaitHeight(v3 + 2);
    assertThat(state("genesis")).isEqualTo("UNLOADED");
    assertThat(state("v2")).isEqualTo("UNLOADED");
    String past =
        node.segue("query", "bank", "balances", "bob", "--height", "" + (v2 - 1)).toString();
    assertThat(past).contains("\"7\"");
    assertThat(state("genesis")).isEqualTo("SERVING");
    assertThat(state("v2")).isEqualTo("UNLOADED");
    assertThat(node.segue("query", "bank", "balances", "bob", "--height", "" + (v3 - 1)).toString())
        .contains("\"14\"");
    assertThat(state("v2")).isEqualTo("SERVING");
    assertThat(node.segue("query", "bank", "balances", "bob").toString()).contains("\"21\"");
  }

  @Test
  void comesToEqualRootsFromNothingThroughBothUpgrades() throws IOException {
    Path bundles = Files.createDirectory(folder.resolve("bundles"));
    Files.copy(Distribution.upgrade("v2"), bundles.resolve("any name"));
    Files.copy(Distribution.upgrade("v3"), bundles.resolve("v3.zip"));

    JsonNode result = json(replay(bundles));
    assertThat(result.path("result").asText()).isEqualTo("EQUAL");
    assertThat(result.path("height")).isEqualTo(exported.path("lastHeight"));
    assertThat(result.path("appHash").asText())
        .isEqualToIgnoringCase(node.rootAfter(exported.path("lastHeight").asLong()));
    assertThat(result.path("generations")).hasSize(2);
  }

  @Test
  void takesTheBundlesFromTheContentStoreOfANode() {
    JsonNode result = json(replay(node.home().resolve("data/artifacts")));
    assertThat(result.path("result").asText()).isEqualTo("EQUAL");
  }

  @Test
  void holdsAtAnUpgradeWhoseBundlesAreMissingAndGoesOnWhenTheyAreThere() throws Exception {
    Path bundles = Files.createDirectory(folder.resolve("few"));
    Files.copy(Distribution.upgrade("v2"), bundles.resolve("v2.zip"));

    TestedNode.Result held = replay(bundles);
    assertThat(held.status()).isEqualTo(3);
    assertThat(held.output())
        .contains("generation v3 " + exported.at("/generations/1/digest").asText())
        .contains("from height " + v3 + " on, is missing")
        .contains("put the artifact of plan v3 into " + bundles);

    CompletableFuture<TestedNode.Result> waiting =
        CompletableFuture.supplyAsync(() -> replay(bundles, "--wait"));
    Files.copy(Distribution.upgrade("v3"), bundles.resolve("v3.zip.part"));
    Files.move(bundles.resolve("v3.zip.part"), bundles.resolve("v3.zip"));
    assertThat(json(waiting.get(120, TimeUnit.SECONDS)).path("result").asText()).isEqualTo("EQUAL");
  }

  @Test
  void replaysAChainThatGoesOnFromAnExportedState() {
    Path genesis = folder.resolve("exported.json");
    node.stop();
    node.command("export", "--height", "" + v3, "--output-document", genesis.toString());
    node.start().awaitHeight(v3 + 2);
    Path from = node.home();
    try (TestedNode next = TestedNode.goOn(folder.resolve("next"), genesis, from)) {
      next.start().awaitHeight(v3 + 3);
      assertThat(next.shell("node:status").path("generation").asText()).isEqualTo("v3");
      next.stop();
      Path file = folder.resolve("next.blocks");
      next.segue("blocks", "export", file.toString());
      JsonNode result =
          next.segue(
              "replay",
              "--blocks",
              file.toString(),
              "--bundles",
              from.resolve("data/artifacts").toString());
      assertThat(result.path("result").asText()).isEqualTo("EQUAL");
    }
  }

  @Test
  void refusesAFileThatIsDamaged() throws IOException {
    Path damaged = folder.resolve("damaged.blocks");
    Files.copy(blocks, damaged);
    try (RandomAccessFile file = new RandomAccessFile(damaged.toFile(), "rw")) {
      file.seek(file.length() / 2);
      int old = file.read();
      file.seek(file.length() / 2);
      file.write(old ^ 1);
    }
    TestedNode.Result result =
        node.run(
            "replay",
            "--blocks",
            damaged.toString(),
            "--bundles",
            Distribution.upgrade("v2").getParent().toString());
    assertThat(result.status()).isEqualTo(1);
    assertThat(result.output()).contains("is damaged behind byte", "a checksum is wrong");
  }

  private static TestedNode.Result replay(Path bundles, String... more) {
    String[] fixed = {
      "replay", "--blocks", blocks.toString(), "--bundles", bundles.toString(), "--output", "json"
    };
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    return node.run(all);
  }

  private static JsonNode json(TestedNode.Result result) {
    try {
      return new ObjectMapper().readTree(result.output());
    } catch (IOException e) {
      throw new AssertionError(result.output(), e);
    }
  }

  private static void send(String... more) {
    String[] fixed = {"tx", "bank", "send", "alice", "bob", "7stake", "--wait"};
    String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length);
    System.arraycopy(more, 0, all, fixed.length, more.length);
    node.segue(all);
  }

  private static String state(String generation) {
    for (JsonNode one : node.shell("upgrade:generations").path("generations")) {
      if (one.path("name").asText().equals(generation)) {
        return one.path("state").asText();
      }
    }
    return "";
  }
}
