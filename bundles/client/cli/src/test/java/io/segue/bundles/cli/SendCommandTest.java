package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.FakeNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.abci.GasInfo;
import io.segue.bundles.sdk.proto.abci.TxMsgData;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposalResponse;
import io.segue.bundles.sdk.proto.staking.MsgCreateValidator;
import io.segue.bundles.sdk.proto.tx.AuthInfo;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SendCommandTest {
  private static final Key ALICE = GeneratedAccounts.key(1);
  private static final String BOB = GeneratedAccounts.key(2).address(new Addresses("cosmos"));

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeNode node;

  @BeforeEach
  void start() throws IOException {
    new Keyring(home.resolve("keys"), new Addresses("cosmos")).add("alice", ALICE, new char[0]);
    node = new FakeNode();
    node.answers("status", "{\"node_info\":{\"network\":\"my-chain\"}}");
    node.answers("abci_query", SendCommandTest::query);
    node.answers("broadcast_tx_sync", "{\"code\":0,\"hash\":\"" + "AB".repeat(32) + "\"}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void signsForTheChainWithSequenceAndSimulatedGas() throws IOException {
    assertThat(send("--fees", "9stake", "--memo", "hello")).as(err.toString()).isZero();
    TxRaw raw = TxRaw.parseFrom(broadcast().path("tx").binaryValue());
    AuthInfo authInfo = AuthInfo.parseFrom(raw.getAuthInfoBytes());
    TxBody body = TxBody.parseFrom(raw.getBodyBytes());
    assertThat(authInfo.getSignerInfos(0).getSequence()).isEqualTo(6);
    assertThat(authInfo.getFee().getGasLimit()).isEqualTo(150_000);
    assertThat(authInfo.getFee().getAmount(0).getAmount()).isEqualTo("9");
    assertThat(body.getMemo()).isEqualTo("hello");
    assertThat(body.getMessages(0).unpack(MsgSend.class).getToAddress()).isEqualTo(BOB);
    assertThat(raw.getSignatures(0)).isNotEqualTo(ByteString.EMPTY);
  }

  @Test
  void offersToValidateAsTheFileOfSimdAndItsOptionsSay() throws IOException {
    Path file = home.resolve("validator.json");
    Files.writeString(
        file,
        """
        {"pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey", "key": "%s"},
         "amount": "10000000stake", "moniker": "mine", "website": "https://example.org",
         "commission-rate": "0.05"}"""
            .formatted(Base64.getEncoder().encodeToString(new byte[32])));
    String[] create = {
      "tx", "staking", "create-validator", file.toString(), "--from", "alice", "--moniker", "ours"
    };
    assertThat(run(create)).as(err.toString()).isZero();
    TxRaw raw = TxRaw.parseFrom(broadcast().path("tx").binaryValue());
    MsgCreateValidator message =
        TxBody.parseFrom(raw.getBodyBytes()).getMessages(0).unpack(MsgCreateValidator.class);
    Addresses addresses = new Addresses("cosmos");
    assertThat(addresses.parseOperator(message.getValidatorAddress()))
        .isEqualTo(addresses.parseAccount(ALICE.address(addresses)));
    assertThat(message.getDescription().getMoniker()).isEqualTo("ours");
    assertThat(message.getDescription().getWebsite()).isEqualTo("https://example.org");
    assertThat(message.getCommission().getRate()).isEqualTo("50000000000000000");
    assertThat(message.getCommission().getMaxRate()).isEqualTo("200000000000000000");
    assertThat(message.getMinSelfDelegation()).isEqualTo("1");
    assertThat(message.getValue().getAmount()).isEqualTo("10000000");
    assertThat(message.getPubkey().getTypeUrl()).isEqualTo("/cosmos.crypto.ed25519.PubKey");
  }

  @Test
  void refusesAnOfferToValidateThatLacksSomethingOrHasMore() throws IOException {
    String[] create = {
      "tx", "staking", "create-validator", "--from", "alice", "--amount", "1stake"
    };
    assertThat(run(create)).isOne();
    assertThat(err.toString()).contains("moniker is missing; give it with --moniker");
    Path file = home.resolve("validator.json");
    Files.writeString(file, "{\"commission\": \"0.1\"}");
    assertThat(run("tx", "staking", "create-validator", file.toString(), "--from", "alice"))
        .isOne();
    assertThat(err.toString()).contains("has a member 'commission'; known are [pubkey, amount,");
  }

  @Test
  void waitsForTheBlockWhereAsked() throws IOException {
    node.answers(
        "tx",
        "{\"height\":\"12\",\"tx_result\":{\"code\":0,\"gas_wanted\":\"2\",\"gas_used\":\"1\"}}");
    assertThat(send("--gas", "50000", "--wait", "--output", "json")).isZero();
    assertThat(Output.JSON.readTree(out.toString()).path("height").asLong()).isEqualTo(12);
  }

  @Test
  void tellsTheNumberOfAProposalForTheNextCommandToUse() throws IOException {
    byte[] data =
        TxMsgData.newBuilder()
            .addMsgResponses(
                Any.pack(MsgSubmitProposalResponse.newBuilder().setProposalId(7).build(), "/"))
            .build()
            .toByteArray();
    var committed = Output.object();
    committed.put("height", "12");
    committed.putObject("tx_result").put("code", 0).put("data", data);
    node.answers("tx", params -> committed);
    String[] propose = {
      "tx",
      "upgrade",
      "cancel-software-upgrade",
      "--from",
      "alice",
      "--title",
      "t",
      "--summary",
      "s",
      "--deposit",
      "1stake",
      "--gas",
      "50000",
      "--wait"
    };

    assertThat(run(propose)).as(err.toString()).isZero();
    assertThat(out.toString()).containsPattern("(?m)^proposalId +7$");

    out.getBuffer().setLength(0);
    String[] asJson = java.util.Arrays.copyOf(propose, propose.length + 2);
    asJson[propose.length] = "--output";
    asJson[propose.length + 1] = "json";
    assertThat(run(asJson)).isZero();
    assertThat(Output.JSON.readTree(out.toString()).path("proposalId").asLong()).isEqualTo(7);
  }

  @Test
  void exitsWith1WhereTheBlockRefusesIt() throws IOException {
    node.answers(
        "tx",
        "{\"height\":\"12\",\"tx_result\":{\"code\":5,\"codespace\":\"sdk\",\"log\":\"too little\"}}");
    assertThat(send("--gas", "50000", "--wait")).isEqualTo(1);
    assertThat(out.toString()).contains("too little").contains("codespace  sdk");
  }

  @Test
  void saysHowToPayWhereTheMempoolAsksForAFee() throws IOException {
    node.answers(
        "broadcast_tx_sync",
        "{\"code\":13,\"codespace\":\"sdk\",\"log\":\"insufficient fees\",\"hash\":\"AB\"}");
    assertThat(send()).isEqualTo(1);
    assertThat(err.toString()).contains("--fees");
  }

  @Test
  void doesNotSendWhatWouldFail() {
    node.answers(
        "abci_query",
        params ->
            params.path("path").asText().endsWith("Simulate")
                ? refusal("rpc error: code = Unknown desc = no coins with gas used: '5': unknown")
                : query(params));
    assertThat(send()).isEqualTo(1);
    assertThat(err.toString())
        .contains("the transaction would fail, so it is not sent: no coins; with --gas N");
    assertThat(node.requests())
        .noneMatch(request -> request.path("method").asText().equals("broadcast_tx_sync"));
  }

  @Test
  void refusesAReceiverThatIsNeitherKeyNorAddress() {
    assertThat(run("tx", "bank", "send", "alice", "nobody", "1stake")).isEqualTo(1);
    assertThat(err.toString()).contains("'nobody' is neither a key");
  }

  @Test
  void refusesCoinsWithoutDenomination() {
    assertThat(run("tx", "bank", "send", "alice", BOB, "7")).isEqualTo(1);
    assertThat(err.toString()).contains("COINS '7' is refused").contains("as 7stake");
  }

  private int send(String... options) {
    String[] words = {"tx", "bank", "send", "alice", BOB, "7stake"};
    String[] all = java.util.Arrays.copyOf(words, words.length + options.length);
    System.arraycopy(options, 0, all, words.length, options.length);
    return run(all);
  }

  private int run(String... words) {
    String[] all = java.util.Arrays.copyOf(words, words.length + 4);
    all[words.length] = "--home";
    all[words.length + 1] = home.toString();
    all[words.length + 2] = "--node";
    all[words.length + 3] = node.url();
    CommandLine commandLine = Segue.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(all);
  }

  private JsonNode broadcast() {
    return node.requests().stream()
        .filter(request -> request.path("method").asText().equals("broadcast_tx_sync"))
        .findFirst()
        .orElseThrow()
        .path("params");
  }

  private static JsonNode query(JsonNode params) {
    return params.path("path").asText().endsWith("Simulate")
        ? answer(
            SimulateResponse.newBuilder()
                .setGasInfo(GasInfo.newBuilder().setGasUsed(100_000))
                .build())
        : answer(
            QueryAccountInfoResponse.newBuilder()
                .setInfo(BaseAccount.newBuilder().setAccountNumber(3).setSequence(6))
                .build());
  }

  private static JsonNode answer(Message message) {
    var result = Output.object();
    result
        .putObject("response")
        .put("code", 0)
        .put("value", Base64.getEncoder().encodeToString(message.toByteArray()));
    return result;
  }

  private static JsonNode refusal(String log) {
    var result = Output.object();
    result.putObject("response").put("code", 6).put("codespace", "sdk").put("log", log);
    return result;
  }
}
