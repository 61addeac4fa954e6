package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.sdk.Addresses;
import io.segue.itests.votes.VotesModule;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the application decides on a chain of CometBFT where no validator decides alone: who
 * validates, by stake and by evidence, and the consensus parameters, by governance.
 */
class ValidatorsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Addresses ADDRESSES = new Addresses("cosmos");

  private static final int VOTING_SECONDS = 10;

  /** Blocks until votes have extensions, from the proposal on: more than are made in its vote. */
  private static final long EXTENSIONS_AHEAD = 100;

  /** Blocks to the upgrade whose module extends votes, beside those of a vote: it comes before. */
  private static final int UPGRADE_AHEAD = 40;

  @TempDir Path folder;

  @Test
  void followWhatTheApplicationDecides() throws Exception {
    try (CometProcess comet =
        CometProcess.init(folder.resolve("home"), "--voting-period", VOTING_SECONDS + "s")) {
      TestedNode node = comet.node();
      nobodyDecidesAlone(node);
      node.start();
      comet.start();
      node.awaitHeight(2);
      String alice = node.segue("keys", "show", "alice").path("address").asText();
      String operator = ADDRESSES.operator(ADDRESSES.parseAccount(alice));
      DoubleVote second = new DoubleVote();

      node.inShell("upgrade:deploy " + UpgradePlans.extendingVotes(folder));
      long upgrade = UpgradePlans.propose(node, VotesModule.NAME, UPGRADE_AHEAD, "");
      long extensions = proposeParameters(node);
      Path file = folder.resolve("validator.json");
      Files.writeString(file, offer(second));
      long created = sent(node, "staking", "create-validator", file.toString());
      node.awaitHeight(created + 2);
      assertThat(powers(node, created + 1)).hasSize(1);
      assertThat(powers(node, created + 2)).hasSize(2).containsEntry(second.address(), 10L);
      long more =
          sent(
              node,
              "staking",
              "delegate",
              "--validator-address",
              operator,
              "--amount",
              "5000000stake");
      node.awaitHeight(more + 3);
      assertThat(powers(node, more + 2)).containsEntry(second.address(), 15L);

      accuse(node, second, more + 2);
      node.until("the validator to leave", () -> powers(node, node.height()).size() == 1);
      JsonNode validator = node.segue("query", "staking", "validator", operator).path("validator");
      assertThat(validator.path("jailed").asBoolean()).isTrue();
      assertThat(validator.path("tokens").asText()).isEqualTo("15000000");
      assertThat(
              node.segue("query", "staking", "misbehavior", operator)
                  .at("/misbehavior/height")
                  .asLong())
          .isEqualTo(more + 2);

      followParameters(node, extensions);
      assertThat(upgrade).isLessThan(extensions);
      carryExtensions(node, extensions);
    }
  }

  private static void nobodyDecidesAlone(TestedNode node) throws IOException {
    Path genesis = node.home().resolve("config/genesis.json");
    ObjectNode json = (ObjectNode) JSON.readTree(genesis.toFile());
    ((ObjectNode) json.at("/app_state/staking")).put("deciding_validator", "");
    Files.writeString(genesis, json.toPrettyString());
  }

  private static String offer(DoubleVote validator) {
    return """
    {"pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey", "key": "%s"},
     "amount": "10000000stake", "moniker": "second", "commission-rate": "0.1",
     "commission-max-rate": "0.2", "commission-max-change-rate": "0.01",
     "min-self-delegation": "1"}\
    """
        .formatted(Base64.getEncoder().encodeToString(validator.publicKey()));
  }

  /** Passes a proposal; the answer is the height from which votes are to have extensions. */
  private static long proposeParameters(TestedNode node) {
    long extensions = node.height() + EXTENSIONS_AHEAD;
    node.segue(
        "tx",
        "consensus",
        "update-params",
        "--block",
        "{\"max_bytes\":\"4194304\",\"max_gas\":\"50000000\"}",
        "--evidence",
        "{\"max_age_num_blocks\":\"5000\",\"max_age_duration\":\"3600s\",\"max_bytes\":\"20000\"}",
        "--validator",
        "{\"pub_key_types\":[\"ed25519\"]}",
        "--abci",
        "{\"vote_extensions_enable_height\":\"" + extensions + "\"}",
        "--title",
        "t",
        "--summary",
        "s",
        "--deposit",
        "1000stake",
        "--from",
        "alice",
        "--wait");
    node.segue("tx", "gov", "vote", "2", "yes", "--from", "validator", "--wait");
    return extensions;
  }

  private static void followParameters(TestedNode node, long extensions) throws IOException {
    node.until(
        "the parameters", () -> parameters(node).at("/block/max_bytes").asText().equals("4194304"));
    JsonNode params = parameters(node);
    assertThat(params.at("/block/max_gas").asLong()).isEqualTo(50_000_000);
    assertThat(params.at("/evidence/max_age_num_blocks").asLong()).isEqualTo(5_000);
    assertThat(params.at("/evidence/max_age_duration").asLong()).isEqualTo(3_600_000_000_000L);
    assertThat(params.at("/evidence/max_bytes").asLong()).isEqualTo(20_000);
    assertThat(params.at("/abci/vote_extensions_enable_height").asLong()).isEqualTo(extensions);
  }

  /** The votes for the first height have extensions, and the block after it tells of them. */
  private static void carryExtensions(TestedNode node, long first) throws IOException {
    node.awaitHeight(first + 3);
    assertThat(node.rpc("block?height=" + first).at("/block/data/txs")).isEmpty();
    // The second validator never votes, and may still be there where the machine was slow.
    long power = Collections.max(powers(node, first).values());
    String entry = first + "=" + power + " ";
    assertThat(node.rpc("block?height=" + (first + 1)).at("/block/data/txs/0").asText())
        .isEqualTo(base64("\0vote" + entry));
    JsonNode result = node.rpc("block_results?height=" + (first + 1)).at("/txs_results/0");
    assertThat(result.path("code").asInt()).isZero();
    assertThat(result.at("/events/0/type").asText()).isEqualTo(VotesModule.EVENT);
    assertThat(result.at("/events/0/attributes/0/value").asText()).isEqualTo(entry);
    String query = "abci_query?path=%22" + VotesModule.LAST + "%22&height=" + (first + 1);
    assertThat(node.rpc(query).at("/response/value").asText()).isEqualTo(base64(entry));
    JsonNode sent = node.rpc("broadcast_tx_sync?tx=0x00766f7465313d31");
    assertThat(sent.path("code").asInt()).as(sent.toString()).isEqualTo(2);
    JsonNode withTxs =
        new Rest(node).get("/cosmos/tx/v1beta1/txs/block/" + (first + 1)).path("txs");
    assertThat(withTxs).as("it is none of them").isEmpty();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static JsonNode parameters(TestedNode node) throws IOException {
    return node.rpc("consensus_params").path("consensus_params");
  }

  private static long sent(TestedNode node, String... message) {
    String[] line = new String[message.length + 4];
    line[0] = "tx";
    System.arraycopy(message, 0, line, 1, message.length);
    line[message.length + 1] = "--from";
    line[message.length + 2] = "alice";
    line[message.length + 3] = "--wait";
    JsonNode result = node.segue(line);
    assertThat(result.path("code").asInt()).as(result.toString()).isZero();
    return result.path("height").asLong();
  }

  /** Voting power by address, as CometBFT has it for a block. */
  private static SortedMap<String, Long> powers(TestedNode node, long height) throws IOException {
    SortedMap<String, Long> powers = new TreeMap<>();
    for (JsonNode each : node.rpc("validators?height=" + height).path("validators")) {
      powers.put(each.path("address").asText(), each.path("voting_power").asLong());
    }
    return powers;
  }

  /** Hands CometBFT the proof that a validator signed two blocks at a height. */
  private static void accuse(TestedNode node, DoubleVote validator, long height) throws Exception {
    SortedMap<String, Long> powers = powers(node, height);
    long total = powers.values().stream().mapToLong(Long::longValue).sum();
    String time = node.rpc("block?height=" + height).at("/block/header/time").asText();
    ObjectNode call = JSON.createObjectNode();
    call.put("jsonrpc", "2.0").put("id", 1).put("method", "broadcast_evidence");
    call.putObject("params")
        .set(
            "evidence",
            validator.evidence(
                TestedNode.CHAIN_ID, height, time, powers.get(validator.address()), total));
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(node.url()))
                    .POST(HttpRequest.BodyPublishers.ofString(call.toString()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.body()).contains("\"result\"");
  }
}
