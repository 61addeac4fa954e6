package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.sdk.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stake on a node as users run it: power in consensus and in votes follows it, and it comes back.
 */
class StakingIT {
  private static final Addresses ADDRESSES = new Addresses("cosmos");
  private static final String KEY = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void powerFollowsStakeThroughUnbondingAndAnExport() throws Exception {
    Path home = folder.resolve("home");
    try (TestedNode node = TestedNode.init(home, "--voting-period", "600s")) {
      Path genesis = home.resolve("config/genesis.json");
      Files.writeString(genesis, Files.readString(genesis).replace("1814400s", "4s"));
      node.start().awaitHeight(2);
      String alice = node.segue("keys", "show", "alice").path("address").asText();
      String operator = ADDRESSES.operator(ADDRESSES.parseAccount(alice));

      long created = sent(node, offer(operator), delegation(alice, operator, "5000000"));
      node.awaitHeight(created + 3);
      assertThat(powers(node, created + 1)).hasSize(1);
      assertThat(powers(node, created + 2)).hasSize(2).contains(15L);
      assertThat(header(node, created + 1).path("next_validators_hash"))
          .as("block %s announces the set of the next", created + 1)
          .isEqualTo(header(node, created + 2).path("validators_hash"))
          .isNotEqualTo(header(node, created + 1).path("validators_hash"));

      sent(node, proposal(alice), vote(alice));
      assertThat(yes(node)).isEqualTo(15_000_000);
      long held = balance(node, alice);
      sent(node, undelegation(alice, operator, "4000000"));
      assertThat(yes(node)).isEqualTo(11_000_000);
      node.until("the unbonding is paid", () -> balance(node, alice) == held + 4_000_000);

      long at = node.height() - 1;
      String root = node.rootAfter(at);
      node.stop();
      Path exported = folder.resolve("exported.json");
      node.command("export", "--height", "" + at, "--output-document", exported.toString());
      try (TestedNode next = TestedNode.goOn(folder.resolve("next"), exported, home)) {
        next.start();
        assertThat(next.rootAfter(at)).isEqualTo(root);
        assertThat(powers(next, at + 1)).contains(11L);
      }
    }
  }

  private static String offer(String operator) {
    return """
        {"@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
         "description": {"moniker": "second"},
         "commission": {"rate": "0", "max_rate": "0", "max_change_rate": "0"},
         "min_self_delegation": "1", "validator_address": "%s",
         "pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey", "key": "%s"},
         "value": {"denom": "stake", "amount": "10000000"}}"""
        .formatted(operator, KEY);
  }

  private static String delegation(String delegator, String operator, String amount) {
    return stake("MsgDelegate", delegator, operator, amount);
  }

  private static String undelegation(String delegator, String operator, String amount) {
    return stake("MsgUndelegate", delegator, operator, amount);
  }

  private static String stake(String type, String delegator, String operator, String amount) {
    return """
        {"@type": "/cosmos.staking.v1beta1.%s", "delegator_address": "%s",
         "validator_address": "%s", "amount": {"denom": "stake", "amount": "%s"}}"""
        .formatted(type, delegator, operator, amount);
  }

  private static String proposal(String proposer) {
    return """
        {"@type": "/cosmos.gov.v1.MsgSubmitProposal", "messages": [],
         "initial_deposit": [{"denom": "stake", "amount": "1000"}], "proposer": "%s",
         "metadata": "text", "title": "t", "summary": "s"}"""
        .formatted(proposer);
  }

  private static String vote(String voter) {
    return """
        {"@type": "/cosmos.gov.v1.MsgVote", "proposal_id": "1", "voter": "%s",
         "option": "VOTE_OPTION_YES"}"""
        .formatted(voter);
  }

  /** Signs messages of alice in one transaction, sends it, and answers with its height. */
  private long sent(TestedNode node, String... messages) throws IOException {
    ObjectNode tx =
        (ObjectNode)
            JSON.readTree(
                node.command(
                    "tx",
                    "bank",
                    "send",
                    "alice",
                    "alice",
                    "1stake",
                    "--gas",
                    "900000",
                    "--generate-only"));
    ((ObjectNode) tx.path("body"))
        .set("messages", JSON.readTree("[" + String.join(",", messages) + "]"));
    Path unsigned = Files.writeString(folder.resolve("unsigned.json"), tx.toString());
    Path signed =
        Files.writeString(
            folder.resolve("signed.json"),
            node.command("tx", "sign", unsigned.toString(), "--from", "alice"));
    JsonNode result = node.segue("tx", "broadcast", signed.toString(), "--wait");
    assertThat(result.path("code").asInt()).as(result.toString()).isZero();
    return result.path("height").asLong();
  }

  private static long yes(TestedNode node) {
    return node.segue("query", "gov", "tally", "1").findValue("yes_count").asLong();
  }

  private static long balance(TestedNode node, String account) {
    return node.segue("query", "bank", "balance", account, "stake").findValue("amount").asLong();
  }

  private static List<Long> powers(TestedNode node, long height) {
    return rpc(node, "validators?height=" + height)
        .path("validators")
        .findValuesAsText("voting_power")
        .stream()
        .map(Long::valueOf)
        .toList();
  }

  private static JsonNode header(TestedNode node, long height) {
    return rpc(node, "block?height=" + height).path("block").path("header");
  }

  private static JsonNode rpc(TestedNode node, String call) {
    try {
      return node.rpc(call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
