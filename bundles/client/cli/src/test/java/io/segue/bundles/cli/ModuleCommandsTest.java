package io.segue.bundles.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.FakeNode;
import io.segue.bundles.cli.chain.NodeTypesTest;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.keyring.GeneratedAccounts;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.proto.abci.GasInfo;
import io.segue.bundles.sdk.proto.auth.BaseAccount;
import io.segue.bundles.sdk.proto.auth.QueryAccountInfoResponse;
import io.segue.bundles.sdk.proto.gov.MsgSubmitProposal;
import io.segue.bundles.sdk.proto.tx.SimulateResponse;
import io.segue.bundles.sdk.proto.tx.TxBody;
import io.segue.bundles.sdk.proto.tx.TxRaw;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The node of these tests has a module foo that the client has no code for. */
class ModuleCommandsTest {
  private static final Key ALICE = GeneratedAccounts.key(1);
  private static final String ADDRESS = ALICE.address(new Addresses("cosmos"));

  @TempDir Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private FakeNode node;
  private byte[] asked = {};

  @BeforeEach
  void start() throws IOException {
    new Keyring(home.resolve("keys"), new Addresses("cosmos")).add("alice", ALICE, new char[0]);
    node = new FakeNode();
    node.answers("status", "{\"node_info\":{\"network\":\"my-chain\"}}");
    node.answers("abci_query", this::query);
    node.answers("broadcast_tx_sync", "{\"code\":0,\"hash\":\"" + "AB".repeat(32) + "\"}");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void sendsAMessageByArgumentsInTheOrderOfItsFields() throws Exception {
    assertThat(run("tx", "foo", "note", "alice", "hello", "7stake,3ufee", "--from", "alice"))
        .as(err.toString())
        .isZero();
    DynamicMessage sent = sent();
    assertThat(value(sent, "author")).isEqualTo(ADDRESS);
    assertThat(value(sent, "to_address")).isEqualTo(ADDRESS);
    assertThat(value(sent, "text")).isEqualTo("hello");
    assertThat(value(sent, "loud")).isEqualTo(false);
    assertThat(sent.toString()).contains("denom: \"stake\"").contains("amount: \"3\"");
  }

  @Test
  void takesEachFieldAsAnOptionInstead() throws Exception {
    assertThat(
            run(
                "tx",
                "foo",
                "note",
                "--text",
                "--help",
                "--loud",
                "--to-address=cosmos1x",
                "1a",
                "--from",
                ADDRESS))
        .as("the text of an option may begin with dashes: " + err)
        .isEqualTo(2);
    assertThat(
            run(
                "tx",
                "foo",
                "note",
                "--text=hi",
                "--loud",
                "--to-address=cosmos1x",
                "1stake",
                "--from",
                ADDRESS))
        .as(err.toString())
        .isZero();
    assertThat(value(sent(), "text")).isEqualTo("hi");
    assertThat(value(sent(), "loud")).isEqualTo(true);
    assertThat(value(sent(), "to_address")).isEqualTo("cosmos1x");
  }

  @Test
  void namesTheArgumentThatIsMissingOrTooMuch() {
    assertThat(run("tx", "foo", "note", "alice", "--from", "alice")).isEqualTo(2);
    assertThat(err.toString()).contains("Missing TEXT: give it as an argument, or as --text");
    assertThat(run("tx", "foo", "note", "alice", "2stake", "1a", "--text", "c", "--from", "alice"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("'1a' is one argument too many");
  }

  @Test
  void putsWhatGovernanceSendsIntoAProposal() throws Exception {
    assertThat(
            run(
                "tx",
                "foo",
                "set-params",
                "9",
                "--from",
                "alice",
                "--title",
                "t",
                "--summary",
                "s",
                "--deposit",
                "5stake"))
        .as(err.toString())
        .isZero();
    MsgSubmitProposal proposal = body().getMessages(0).unpack(MsgSubmitProposal.class);
    assertThat(proposal.getProposer()).isEqualTo(ADDRESS);
    assertThat(proposal.getMessages(0).getTypeUrl()).isEqualTo("/foo.v1.MsgSetParams");
    DynamicMessage message =
        DynamicMessage.parseFrom(
            NodeTypesTest.module().findMessageTypeByName("MsgSetParams"),
            proposal.getMessages(0).getValue());
    assertThat(value(message, "authority"))
        .isEqualTo(new Addresses("cosmos").account(Addresses.module("gov")));
    assertThat(value(message, "height")).isEqualTo(9L);
  }

  @Test
  void keepsItsOwnOptionWhereAFieldHasTheNameOfOne() {
    assertThat(run("query", "foo", "all-notes", "--help")).isZero();
    assertThat(out.toString())
        .contains("--height=H")
        .contains("--page-limit")
        .contains("AUTHOR")
        .contains("Example: segue query foo all-notes 'some text'");
  }

  @Test
  void asksAQueryOfTheModule() throws Exception {
    assertThat(run("query", "foo", "all-notes", ADDRESS, "--page-limit", "3", "--output", "json"))
        .as(err.toString())
        .isZero();
    DynamicMessage request =
        DynamicMessage.parseFrom(
            NodeTypesTest.module().findMessageTypeByName("QueryNotesRequest"), asked);
    assertThat(value(request, "author")).isEqualTo(ADDRESS);
    assertThat(request.toString()).contains("limit: 3");
    assertThat(Output.JSON.readTree(out.toString()).at("/texts/0").asText()).isEqualTo("hi");
  }

  @Test
  void listsWhatThereIsWhereAModuleOrACommandIsUnknown() {
    assertThat(run("tx", "bar", "note", "--from", "alice")).isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo(
            "segue: the node has no module 'bar' for tx; it has bank, foo, gov, staking, upgrade; see"
                + " segue tx --help\n");
    assertThat(run("query", "foo", "nothing")).isEqualTo(2);
    assertThat(err.toString())
        .contains("module 'foo' has no command 'nothing' for query; it has all-notes");
    assertThat(run("tx", "bank", "sendd", "--from", "alice")).isEqualTo(2);
    assertThat(err.toString()).contains("the node has no module 'bank' for tx");
  }

  @Test
  void helpListsModulesFieldsTypesAndAnExample() {
    assertThat(run("tx", "--help")).isZero();
    assertThat(out.toString()).containsPattern("foo +Of the node's module: note, set-params\\.");
    assertThat(run("tx", "foo", "--help")).isZero();
    assertThat(out.toString()).containsPattern("note +Sends a message foo.v1.MsgNote");
    assertThat(run("tx", "foo", "note", "--help")).isZero();
    assertThat(out.toString())
        .containsPattern("--tip=TIP +Coins, as 10stake,5ufee\\.")
        .containsPattern("--to-address=TO_ADDRESS\\s+Address, or name of a key\\.")
        .contains("Example: segue tx foo note alice 'some text' 10stake --from alice");
  }

  @Test
  void completionOffersKeysForAddressesOnly() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(out.toString().lines().map(String::strip))
        .contains("local TO_ADDRESS_pos_param_args=($(__segue_keys)) # 0-0 values")
        .noneMatch(line -> line.startsWith("local TEXT_pos_param_args"));
    assertThat(out.toString()).doesNotContain("\"$(__segue_keys)\"");
  }

  @Test
  void saysWhatToDoWhereNoNodeAnswers() {
    node.close();
    assertThat(run("tx", "foo", "note", "--from", "alice")).isOne();
    assertThat(err.toString())
        .contains("the client has no command 'tx foo note' of its own")
        .contains("no node answers at")
        .contains("start one with segue start, or name another with --node");
    assertThat(run("tx", "--help")).as("the client's own are listed all the same").isZero();
    assertThat(out.toString()).contains("bank").contains("is not here: no node answers");
  }

  @Test
  void asksNoNodeForWhatTheClientHasItself() {
    assertThat(run("tx", "bank", "send", "--help")).isZero();
    assertThat(run("tx", "sign", "--help")).isZero();
    assertThat(node.requests()).isEmpty();
  }

  @Test
  void signsNothingForAnotherChainThanTheNodes() throws IOException {
    assertThat(run("tx", "foo", "note", "a", "b", "", "--from", "alice", "--chain-id", "other"))
        .isOne();
    assertThat(err.toString())
        .contains("is of chain 'my-chain', not of 'other', so nothing is signed");
    Files.createDirectories(home.resolve("config"));
    Files.writeString(home.resolve("config/client.toml"), "chain-id = \"third\"\n");
    assertThat(run("tx", "foo", "note", "a", "b", "", "--from", "alice")).isOne();
    assertThat(err.toString()).contains("not of 'third'");
    assertThat(
            node.requests().stream()
                .map(request -> request.path("method").asText())
                .filter("broadcast_tx_sync"::equals))
        .isEmpty();
  }

  private static Object value(Message message, String field) {
    return message.getField(message.getDescriptorForType().findFieldByName(field));
  }

  private DynamicMessage sent() throws Exception {
    assertThat(body().getMessages(0).getTypeUrl()).isEqualTo("/foo.v1.MsgNote");
    return DynamicMessage.parseFrom(
        NodeTypesTest.module().findMessageTypeByName("MsgNote"), body().getMessages(0).getValue());
  }

  private TxBody body() throws IOException {
    JsonNode request =
        node.requests().stream()
            .filter(one -> one.path("method").asText().equals("broadcast_tx_sync"))
            .reduce((first, second) -> second)
            .orElseThrow();
    return TxBody.parseFrom(TxRaw.parseFrom(request.at("/params/tx").binaryValue()).getBodyBytes());
  }

  private JsonNode query(JsonNode params) {
    try {
      return switch (params.path("path").asText()) {
        case "/cosmos.reflection.v1.ReflectionService/FileDescriptors" ->
            NodeTypesTest.answer(NodeTypesTest.module());
        case "/cosmos.auth.v1beta1.Query/AccountInfo" ->
            answer(
                QueryAccountInfoResponse.newBuilder()
                    .setInfo(BaseAccount.newBuilder().setAccountNumber(3).setSequence(6))
                    .build()
                    .toByteArray());
        case "/cosmos.tx.v1beta1.Service/Simulate" ->
            answer(
                SimulateResponse.newBuilder()
                    .setGasInfo(GasInfo.newBuilder().setGasUsed(100_000))
                    .build()
                    .toByteArray());
        case "/foo.v1.Query/AllNotes" -> {
          asked = HexFormat.of().parseHex(params.path("data").asText());
          yield answer(new byte[] {10, 2, 'h', 'i'});
        }
        default -> throw new IllegalArgumentException(params.toString());
      };
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode answer(byte[] value) {
    var answer = Output.object();
    answer.putObject("response").put("code", 0).put("value", value);
    return answer;
  }

  private int run(String... words) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of(words));
    if (words.length > 2 && !all.contains("--help")) {
      all.addAll(List.of("--home", home.toString(), "--node", node.url()));
    } else {
      all.addAll(List.of("--node", node.url()));
    }
    CommandLine commandLine = Segue.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return Segue.execute(commandLine, all.toArray(String[]::new));
  }
}
