package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running node as grpcurl sees it: it knows nothing but what reflection tells. */
class GrpcIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL_BALANCES = "cosmos.bank.v1beta1.Query/AllBalances";

  @TempDir Path folder;

  private int port;

  @BeforeAll
  static void installGrpcurl() throws Exception {
    Grpcurl.assumeInstalled();
  }

  @Test
  void listsDescribesAndCallsWhatTheNodeServesNow() throws Exception {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      serve(node);
      long pid = node.pid();

      assertThat(grpcurl("list"))
          .contains(
              "cosmos.auth.v1beta1.Query",
              "cosmos.bank.v1beta1.Query",
              "cosmos.base.node.v1beta1.Service",
              "cosmos.base.tendermint.v1beta1.Service",
              "cosmos.reflection.v1.ReflectionService",
              "cosmos.tx.v1beta1.Service",
              "grpc.reflection.v1.ServerReflection")
          .doesNotContain("guestbook");
      assertThat(grpcurl("describe", "cosmos.bank.v1beta1.Query.Balance"))
          .contains("rpc Balance", "/cosmos/bank/v1beta1/balances/{address}/by_denom");
      asksAboutTheNode(node);
      asksAtAPastHeight(node);
      asksWhatThereIs();
      refuses();

      node.inShell("upgrade:deploy " + NewProject.upgrade(folder, "spring", "guestbook"));
      node.awaitHeight(UpgradePlans.pass(node, "spring", 60, "") + 1);
      servesAModuleThatNobodyKnew(node);
      assertThat(node.pid()).isEqualTo(pid);

      goesOnWithoutTheServer(node);
    }
  }

  private void asksAboutTheNode(TestedNode node) throws Exception {
    String service = "cosmos.base.tendermint.v1beta1.Service/";
    JsonNode info = call(service + "GetNodeInfo", "{}");
    assertThat(info.at("/defaultNodeInfo/network").asText()).isEqualTo("itest-1");
    assertThat(info.at("/applicationVersion/cosmosSdkVersion").asText()).startsWith("v0.50.");
    assertThat(info.at("/applicationVersion/buildDeps").findValuesAsText("path"))
        .containsExactly("github.com/cosmos/cosmos-sdk", "github.com/cometbft/cometbft");
    assertThat(call(service + "GetBlockByHeight", "{\"height\":1}").at("/block/header/height"))
        .hasToString("\"1\"");
    assertThat(call(service + "GetLatestValidatorSet", "{}").at("/validators/0/address").asText())
        .startsWith("cosmosvalcons1");
    assertThat(call("cosmos.consensus.v1.Query/Params", "{}").at("/params/block/maxBytes").asText())
        .isNotEmpty();
    assertThat(call("cosmos.base.node.v1beta1.Service/Status", "{}").path("height").asLong())
        .isPositive();
    String hash =
        node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait")
            .path("hash")
            .asText();
    JsonNode tx = call("cosmos.tx.v1beta1.Service/GetTx", "{\"hash\":\"" + hash + "\"}");
    assertThat(tx.at("/txResponse/txhash").asText()).isEqualToIgnoringCase(hash);
    assertThat(tx.at("/tx/body/messages/0/@type").asText())
        .isEqualTo("/cosmos.bank.v1beta1.MsgSend");
    JsonNode found =
        call(
            "cosmos.tx.v1beta1.Service/GetTxsEvent",
            "{\"query\":\"message.action='/cosmos.bank.v1beta1.MsgSend'\"}");
    assertThat(found.path("total").asText()).isEqualTo("1");
  }

  /** One unit was sent after height 1. */
  private void asksAtAPastHeight(TestedNode node) throws Exception {
    String alice = node.segue("keys", "show", "alice").path("address").asText();
    String request = "{\"address\":\"" + alice + "\"}";
    String now = grpcurl("-d", request, "", ALL_BALANCES);
    String past = grpcurl("-v", "-H", "x-cosmos-block-height: 1", "-d", request, "", ALL_BALANCES);
    assertThat(now).contains("999999993");
    assertThat(past).contains("1000000000", "x-cosmos-block-height: 1");
  }

  private void asksWhatThereIs() throws Exception {
    String v1beta1 = "cosmos.base.reflection.v1beta1.ReflectionService/";
    String v2alpha1 = "cosmos.base.reflection.v2alpha1.ReflectionService/";
    String send = "/cosmos.bank.v1beta1.MsgSend";
    assertThat(grpcurl("", v1beta1 + "ListAllInterfaces")).contains("cosmos.base.v1beta1.Msg");
    String message = "{\"interface_name\":\"cosmos.base.v1beta1.Msg\"}";
    assertThat(grpcurl("-d", message, "", v1beta1 + "ListImplementations")).contains(send);
    assertThat(call(v2alpha1 + "GetChainDescriptor", "{}").at("/chain/id").asText())
        .isEqualTo("itest-1");
    assertThat(grpcurl("", v2alpha1 + "GetConfigurationDescriptor")).contains("\"cosmos\"");
    assertThat(grpcurl("", v2alpha1 + "GetAuthnDescriptor")).contains("SIGN_MODE_DIRECT");
    assertThat(grpcurl("", v2alpha1 + "GetTxDescriptor")).contains(send);
    assertThat(grpcurl("", v2alpha1 + "GetCodecDescriptor")).contains(send);
    assertThat(grpcurl("", v2alpha1 + "GetQueryServicesDescriptor"))
        .contains("/cosmos.bank.v1beta1.Query/Balance", "/cosmos.tx.v1beta1.Service/GetTx");
    assertThat(grpcurl("", "cosmos.reflection.v1.ReflectionService/FileDescriptors"))
        .contains("cosmos/bank/v1beta1/tx.proto");
    assertThat(
            call("cosmos.autocli.v1.Query/AppOptions", "{}")
                .at("/moduleOptions/gov/query/service")
                .asText())
        .isEqualTo("cosmos.gov.v1.Query");
    assertThat(grpcurl("", "grpc.health.v1.Health/Check")).contains("SERVING");
    String mint = "{\"service\":\"cosmos.mint.v1beta1.Query\"}";
    assertThat(grpcurl("-d", mint, "", "grpc.health.v1.Health/Check")).contains("NotFound");
  }

  private void refuses() throws Exception {
    assertThat(grpcurl("-d", "{\"hash\":\"ABAB\"}", "", "cosmos.tx.v1beta1.Service/GetTx"))
        .contains("Code: NotFound", "Message: tx not found: ABAB");
    assertThat(grpcurl("-d", "{\"address\":\"xyz\"}", "", "cosmos.auth.v1beta1.Query/Account"))
        .contains(
            "Code: Unknown", "Message: decoding bech32 failed: invalid bech32 string length 3");
    assertThat(grpcurl("-H", "x-cosmos-block-height: 99999", "", ALL_BALANCES))
        .contains("codespace sdk code 26: invalid height: cannot query with height in the future");
  }

  /** The module of {@code segue new}: by gRPC, by the command line, and by REST. */
  private void servesAModuleThatNobodyKnew(TestedNode node) throws Exception {
    String entries = "guestbook.v1.Query/Entries";
    assertThat(grpcurl("list")).contains("guestbook.v1.Query");
    assertThat(grpcurl("describe", entries.replace('/', '.'))).contains("/guestbook/v1/entries");
    int before = call(entries, "{}").path("entries").size();

    node.segue("tx", "guestbook", "sign", "hello there", "--from", "alice", "--wait");

    JsonNode after = call(entries, "{}").path("entries");
    assertThat(after).hasSize(before + 1);
    assertThat(after.path(before).path("text").asText()).isEqualTo("hello there");
    assertThat(node.segue("query", "guestbook", "entries").path("entries")).isEqualTo(after);
    URL rest = new URL(node.served("REST is") + "/guestbook/v1/entries");
    assertThat(JSON.readTree(rest).path("entries")).isEqualTo(after);
  }

  private void goesOnWithoutTheServer(TestedNode node) throws Exception {
    String bundles = node.inShell("felix:lb -s io.segue.bundles.grpc");
    Matcher id = Pattern.compile("(?m)^\\s*(\\d+)\\|").matcher(bundles);
    assertThat(id.find()).as(bundles).isTrue();
    node.inShell("felix:stop " + id.group(1));
    node.awaitHeight(node.height() + 2);
    assertThat(grpcurl("list")).contains("Failed to dial");
    node.inShell("felix:start " + id.group(1));
    node.until(
        "gRPC to be served again",
        () -> {
          try {
            return grpcurl("list").contains("cosmos.bank.v1beta1.Query");
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
  }

  private void serve(TestedNode node) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    node.set("io.segue.grpc", "port", Integer.toString(port));
    node.start().awaitHeight(1);
  }

  private JsonNode call(String method, String request) throws Exception {
    return new Grpcurl("127.0.0.1:" + port).call(method, request);
  }

  private String grpcurl(String... words) throws Exception {
    return new Grpcurl("127.0.0.1:" + port).run(words);
  }
}
