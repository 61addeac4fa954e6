package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A proposal with more votes and deposits than the end of one block has room for, all as large as
 * the limits allow, on a node with a small heap; and messages that JSON has no form for.
 */
class GovBacklogIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int VOTES = 20_000;
  private static final int DEPOSITS = 2_000;
  private static final String ALPHABET = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
  private static final String OPAQUE = "/segue.gov.v1.OpaqueMessage";

  @TempDir Path folder;

  @Test
  void votingEndsAndTheChainGoesOn() throws Exception {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      fill(node.home().resolve("config").resolve("genesis.json"));
      node.start().awaitHeight(2);
      assertThat(status(node, "--height", "2")).isEqualTo("PROPOSAL_STATUS_VOTING_PERIOD");
      JsonNode tally = node.segue("query", "gov", "tally", "1", "--height", "2");
      assertThat(tally.findValue("yes_count").asText()).isEqualTo("0");
      node.until("the count", () -> status(node).equals("PROPOSAL_STATUS_REJECTED"));
      node.awaitHeight(node.height() + 2);
      node.until("the deposits", () -> balance(node, address(0)).contains("1"));
      assertThat(node.tryInShell("node:status").output()).doesNotContain("HELD");
      node.stop();

      Path exported = folder.resolve("exported.json");
      node.command("export", "--output-document", exported.toString());
      JsonNode gov = JSON.readTree(exported.toFile()).path("app_state").path("gov");
      assertThat(gov.path("votes")).isEmpty();
      assertThat(gov.path("proposals").get(1).path("messages").findValuesAsText("@type"))
          .containsExactly(OPAQUE, OPAQUE);
    }
  }

  private static String status(TestedNode node, String... more) {
    String[] query = {"query", "gov", "proposal", "1"};
    String[] all = Arrays.copyOf(query, query.length + more.length);
    System.arraycopy(more, 0, all, query.length, more.length);
    JsonNode answer = node.segue(all);
    return answer.findValue("status").asText();
  }

  private static String balance(TestedNode node, String address) {
    return node.segue("query", "bank", "balances", address).findValuesAsText("amount").toString();
  }

  private static void fill(Path file) throws IOException {
    ObjectNode genesis = (ObjectNode) JSON.readTree(file.toFile());
    Instant start = Instant.parse(genesis.path("genesis_time").asText());
    ObjectNode gov = (ObjectNode) genesis.path("app_state").path("gov");
    gov.put("starting_proposal_id", "3");
    ArrayNode proposals = gov.putArray("proposals");
    voting(proposals.addObject(), start);
    unprintable(proposals.addObject());
    ArrayNode deposits = gov.putArray("deposits");
    for (int i = 0; i < DEPOSITS; i++) {
      ObjectNode deposit = deposits.addObject().put("proposal_id", "1");
      deposit.put("depositor", address(i));
      coins(deposit.putArray("amount"), 1);
    }
    ArrayNode votes = gov.putArray("votes");
    for (int i = 0; i < VOTES; i++) {
      ObjectNode vote = votes.addObject().put("proposal_id", "1").put("voter", address(i));
      vote.put("metadata", "m".repeat(255));
      for (String option : new String[] {"YES", "ABSTAIN", "NO", "NO_WITH_VETO"}) {
        vote.withArray("options")
            .addObject()
            .put("option", "VOTE_OPTION_" + option)
            .put("weight", "0.250000000000000000");
      }
    }
    ObjectNode bank = (ObjectNode) genesis.path("app_state").path("bank");
    ObjectNode treasury = ((ArrayNode) bank.path("balances")).addObject();
    treasury.put("address", bech32(sha256("gov".getBytes(StandardCharsets.UTF_8))));
    coins(treasury.putArray("coins"), DEPOSITS);
    JSON.writeValue(file.toFile(), genesis);
  }

  private static void voting(ObjectNode proposal, Instant start) {
    proposal.put("id", "1").put("status", "PROPOSAL_STATUS_VOTING_PERIOD").put("title", "t");
    proposal.put("summary", "s").put("metadata", "m").put("proposer", address(0));
    tally(proposal);
    coins(proposal.putArray("total_deposit"), DEPOSITS);
    proposal.put("voting_start_time", start.toString());
    proposal.put("voting_end_time", start.plusSeconds(1).toString());
  }

  private static void unprintable(ObjectNode proposal) {
    proposal.put("id", "2").put("status", "PROPOSAL_STATUS_REJECTED").put("title", "t");
    tally(proposal);
    Duration tooLong = Duration.newBuilder().setSeconds(1_000_000_000_000_000L).build();
    Any nested = Any.pack(Duration.getDefaultInstance());
    for (int i = 0; i < 12_000; i++) {
      nested = Any.pack(nested);
    }
    ArrayNode messages = proposal.putArray("messages");
    opaque(messages.addObject(), "/google.protobuf.Duration", tooLong.toByteString());
    opaque(messages.addObject(), "/google.protobuf.Any", nested.toByteString());
  }

  private static void opaque(ObjectNode message, String typeUrl, ByteString value) {
    message.put("@type", OPAQUE).put("type_url", typeUrl);
    message.put("value", Base64.getEncoder().encodeToString(value.toByteArray()));
  }

  private static void tally(ObjectNode proposal) {
    proposal
        .putObject("final_tally_result")
        .put("yes_count", "0")
        .put("abstain_count", "0")
        .put("no_count", "0")
        .put("no_with_veto_count", "0");
  }

  private static void coins(ArrayNode coins, int amount) {
    coins.addObject().put("denom", "stake").put("amount", Integer.toString(amount));
  }

  private static String address(int number) {
    return bech32(sha256(ByteBuffer.allocate(Integer.BYTES).putInt(number).array()));
  }

  private static byte[] sha256(byte[] text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** The address that the first 20 bytes are, as BIP-173 has it. */
  private static String bech32(byte[] bytes) {
    String prefix = "cosmos";
    int checksum = 1;
    for (char c : prefix.toCharArray()) {
      checksum = polymod(checksum, c >> 5);
    }
    checksum = polymod(checksum, 0);
    for (char c : prefix.toCharArray()) {
      checksum = polymod(checksum, c & 31);
    }
    StringBuilder text = new StringBuilder(prefix).append('1');
    for (int bit = 0; bit < 160; bit += 5) {
      int pair = (bytes[bit / 8] & 0xff) << 8 | bytes[bit / 8 + 1] & 0xff;
      int group = pair >> 11 - bit % 8 & 31;
      checksum = polymod(checksum, group);
      text.append(ALPHABET.charAt(group));
    }
    for (int i = 0; i < 6; i++) {
      checksum = polymod(checksum, 0);
    }
    checksum ^= 1;
    for (int i = 0; i < 6; i++) {
      text.append(ALPHABET.charAt(checksum >> 5 * (5 - i) & 31));
    }
    return text.toString();
  }

  private static int polymod(int checksum, int value) {
    int top = checksum >> 25;
    int next = (checksum & 0x1ffffff) << 5 ^ value;
    int[] generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    for (int i = 0; i < 5; i++) {
      next ^= (top >> i & 1) != 0 ? generator[i] : 0;
    }
    return next;
  }
}
