package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.SignerFields;
import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.sdk.proto.upgrade.MsgCancelUpgrade;
import io.segue.itests.broken.AbortingHandler;
import io.segue.itests.broken.ThrowingHandler;
import io.segue.itests.votes.VotesModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans that four validators under CometBFT do not simply apply: replaced, aborted, skipped,
 * cancelled a block before, repaired, and one right behind the other; then one that has the
 * validators extend their votes.
 */
class NetworkPlansIT {
  private static final String KERNEL = "io.segue.kernel";

  /** Blocks from a proposal until all votes are in blocks, on a busy machine. */
  private static final int VOTES = 7;

  /** How many blocks before one in which a proposal passes the chain halts. */
  private static final int HALT = 3;

  /** What upgrade 2.0 asks a plan to be ahead when its vote ends, and some more. */
  private static final int LEAD_BLOCKS = 30;

  @TempDir Path folder;

  private Testnet net;
  private TestedNode first;

  @Test
  void agreesOnWhatBecomesOfEachPlan() throws Exception {
    try (Testnet made = Testnet.init(folder.resolve("net"), 4, "127.0.15.");
        ArtifactServer server = new ArtifactServer(Distribution.upgrade("v3"))) {
      net = made;
      first = net.node(0);
      for (TestedNode node : net.nodes()) {
        Path genesis = node.home().resolve("config/genesis.json");
        RepairIT.allowAbort(genesis);
        extendVotes(genesis);
      }
      net.start();
      long replaced = abortsThePlanThatReplacedAnother();
      skipsAHeight();
      cancelsABlockBefore();
      repairsAPlanAndAppliesTheNextOneBlockLater(
          UpgradePlans.info(server.url(), Distribution.upgrade("v3")));
      assertThat(first.height()).isGreaterThan(replaced + 1);
      assertThat(history("node0", first)).doesNotContain("\"height\":" + replaced + ",");
      verifiesTheVotesOfOthers();
      long last = first.height();
      net.nodes().forEach(node -> node.awaitHeight(last));
      net.assertOneChain(last);
    }
  }

  /** The later plan was proposed before the earlier one was due, and is aborted on all nodes. */
  private long abortsThePlanThatReplacedAnother() throws IOException {
    Path aborting = BrokenUpgrade.write(folder.resolve("a1.jar"), "a1", AbortingHandler.class);
    Testnet.deploy(aborting, net.nodes());
    Testnet.deploy(Distribution.upgrade("v2"), net.nodes());
    long replaced = UpgradePlans.propose(first, "v2", 40, "", voters());
    long aborted = UpgradePlans.propose(first, "a1", 10, "", voters());
    for (TestedNode node : net.nodes()) {
      node.until("the plan that stays", () -> plan(node).equals("a1"));
      node.awaitHeight(aborted + 1);
      node.until("the end of the plan", () -> UpgradePlans.state(node).equals("ABORTED"));
      assertThat(generation(node)).isEqualTo("genesis");
    }
    return replaced;
  }

  /** Two operators say so before, and two while their nodes wait. */
  private void skipsAHeight() {
    long height = UpgradePlans.propose(first, "s1", 0, "", voters());
    net.nodes().subList(0, 2).forEach(node -> node.set(KERNEL, "skip-heights", "" + height));
    for (TestedNode node : net.nodes().subList(2, 4)) {
      node.until("the hold", () -> UpgradePlans.state(node).equals("HELD"));
      assertThat(committed(node)).isEqualTo(height - 1);
    }
    net.nodes().subList(2, 4).forEach(node -> node.set(KERNEL, "skip-heights", "" + height));
    for (TestedNode node : net.nodes()) {
      node.awaitHeight(height + 1);
      node.until("the end of the plan", () -> UpgradePlans.state(node).equals("SKIPPED"));
      assertThat(generation(node)).isEqualTo("genesis");
    }
  }

  private void cancelsABlockBefore() throws IOException {
    Testnet.deploy(Distribution.upgrade("v2"), net.nodes());
    long height = UpgradePlans.pass(first, "v2", VOTES, "", voters());
    passIn(
        height - 1, MsgCancelUpgrade.newBuilder().setAuthority(SignerFields.governance()).build());
    for (TestedNode node : net.nodes()) {
      node.awaitHeight(height + 2);
      node.until("the end of the plan", () -> UpgradePlans.state(node).equals("CANCELLED"));
      assertThat(generation(node)).isEqualTo("genesis");
      assertThat(node.home().resolve("data/upgrade-info.json")).doesNotExist();
    }
  }

  /** The second plan is scheduled in the very block of the first, which all had to repair. */
  private void repairsAPlanAndAppliesTheNextOneBlockLater(String nextInfo) throws IOException {
    Path broken = BrokenUpgrade.write(folder.resolve("v2.jar"), "v2", ThrowingHandler.class);
    String info = UpgradePlans.info("http://127.0.0.1:1/v2.jar", broken);
    String digest = info.replaceAll(".*sha256:([0-9a-f]{64}).*", "$1");
    Testnet.deploy(broken, net.nodes());
    long height = UpgradePlans.pass(first, "v2", VOTES, info, voters());
    passIn(height, UpgradePlans.plan("v3", height + 1, nextInfo));
    for (TestedNode node : net.nodes()) {
      node.until(
          "the hold", () -> UpgradePlans.status(node).path("hold").asText().equals("HANDLER"));
      assertThat(committed(node)).isEqualTo(height - 1);
    }
    String repair = "upgrade:deploy --instead-of " + digest + " ";
    net.nodes().parallelStream()
        .forEach(node -> node.inShell(repair + Distribution.upgrade("v2").toAbsolutePath()));
    for (TestedNode node : net.nodes()) {
      node.awaitHeight(height + 3);
      assertThat(generation(node)).isEqualTo("v3");
      assertThat(history(node.url(), node))
          .contains(digest, "\"height\":" + height, "\"height\":" + (height + 1));
    }
  }

  /**
   * Has a proposal pass in one block. The chain halts until the vote has ended, between the two
   * blocks before it: the time of a block is that of the votes for the one before.
   */
  private void passIn(long block, Message message) throws IOException {
    net.nodes().forEach(node -> node.set(KERNEL, "halt-height", "" + (block - HALT)));
    first.awaitHeight(block - HALT - VOTES);
    Instant end = UpgradePlans.propose(first, message, voters());
    assertThat(first.height()).as("the votes are in time").isLessThanOrEqualTo(block - HALT + 1);
    for (TestedNode node : net.nodes()) {
      node.until("the halt", () -> held(node).contains("halt per configuration height"));
      assertThat(committed(node)).isEqualTo(block - HALT);
    }
    first.until("the end of the vote", () -> Instant.now().isAfter(end));
    net.nodes().forEach(node -> node.set(KERNEL, "halt-height", "0"));
    first.awaitHeight(block);
    assertThat(time(block - 1)).as("the vote ends between two blocks").isBefore(end);
    assertThat(time(block)).isAfterOrEqualTo(end);
  }

  private Instant time(long block) throws IOException {
    return Instant.parse(first.rpc("header?height=" + block).at("/header/time").asText());
  }

  /** Each accepts the others' extensions: without two thirds of them there would be no block. */
  private void verifiesTheVotesOfOthers() throws IOException {
    Testnet.deploy(UpgradePlans.extendingVotes(folder), net.nodes());
    long height = UpgradePlans.pass(first, VotesModule.NAME, LEAD_BLOCKS, "", voters());
    first.awaitHeight(height + 2);
    String entry =
        new String(
            Base64.getDecoder()
                .decode(first.rpc("block?height=" + (height + 2)).at("/block/data/txs/0").asText()),
            StandardCharsets.US_ASCII);
    assertThat(entry.split(" ")).hasSizeGreaterThan(2).allMatch(vote -> vote.contains("="));
  }

  /** From the second block on, though no module does so then. */
  private static void extendVotes(Path genesis) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode root = (ObjectNode) json.readTree(genesis.toFile());
    root.withObject("/consensus_params/abci").put("vote_extensions_enable_height", "2");
    json.writeValue(genesis.toFile(), root);
  }

  private TestedNode[] voters() {
    return List.of(net.node(1), net.node(2)).toArray(TestedNode[]::new);
  }

  private static String plan(TestedNode node) {
    return UpgradePlans.status(node).at("/plan/name").asText();
  }

  private static String held(TestedNode node) {
    return node.shell("node:status").toString();
  }

  private static String generation(TestedNode node) {
    return node.shell("node:status").path("generation").asText();
  }

  private static long committed(TestedNode node) {
    return node.shell("node:status").path("height").asLong();
  }

  private static String history(String of, TestedNode node) {
    JsonNode history = node.shell("upgrade:history");
    assertThat(history).as("history of " + of).isNotEmpty();
    return history.toString();
  }
}
