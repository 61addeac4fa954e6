package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.engine.Engine.MempoolException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every recorded call, asked of this server on the chain that the recorded answers tell of. */
class GoldenAnswersTest {
  private static final List<String> SERVED =
      List.of(
          "status",
          "health",
          "abci_info",
          "abci_query",
          "tx",
          "block",
          "block_results",
          "commit",
          "block_by_hash",
          "header",
          "blockchain",
          "validators",
          "consensus_params",
          "num_unconfirmed_txs",
          "unconfirmed_txs",
          "genesis",
          "subscribe",
          "nope");

  /** What one node has and another has not: compared by presence and type only. */
  private static final List<String> VOLATILE =
      List.of("node_info", "validator_info", "listening", "listeners", "genesis_time", "app_state");

  @TestFactory
  Stream<DynamicTest> answersAsCometBftDoes() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String method : SERVED) {
      for (JsonNode call : Golden.calls(method)) {
        tests.add(DynamicTest.dynamicTest(method + " " + call.path("params"), () -> compare(call)));
      }
    }
    return tests.stream();
  }

  @Test
  void answersBroadcastsAsCometBftDoes() throws Exception {
    FakeEngine engine = Golden.engine();
    try (RunningServer server = new RunningServer(engine, FakeApplication.answering(q -> none()))) {
      for (JsonNode call : Golden.calls("broadcast_tx_sync")) {
        prepare(engine, call);
        compare(server, call);
      }
      JsonNode checked = Golden.calls("check_tx").get(0);
      prepare(engine, checked);
      compare(server, checked);
      engine.refusal = Optional.empty();
      compare(server, Golden.calls("broadcast_tx_async").get(0));
      JsonNode commit = Golden.calls("broadcast_tx_commit").get(0);
      JsonNode check = commit.at("/response/result/check_tx");
      engine.check =
          new CheckTxResponse(
              check.path("code").asInt(),
              check.path("codespace").asText(),
              check.path("log").asText(),
              0,
              check.path("gas_used").asLong(),
              List.of());
      compare(server, commit);
    }
  }

  @Test
  void answersSearchesAsCometBftDoes() throws Exception {
    FakeEngine engine = Golden.engine();
    try (RunningServer server = new RunningServer(engine, FakeApplication.answering(q -> none()))) {
      for (JsonNode call : Golden.calls("tx_search")) {
        String query = call.at("/params/query").asText();
        JsonNode adapted =
            query.startsWith("a.b=")
                ? ((ObjectNode) call.deepCopy())
                    .set("params", params("a.b='" + "x".repeat(520) + "'"))
                : call;
        compare(server, adapted);
      }
    }
  }

  private static void compare(JsonNode call) throws Exception {
    FakeEngine engine = Golden.engine();
    try (RunningServer server =
        new RunningServer(engine, FakeApplication.answering(GoldenAnswersTest::recordedQuery))) {
      compare(server, call);
    }
  }

  private static void compare(RunningServer server, JsonNode call) throws Exception {
    JsonNode expected = call.path("response");
    if (call.at("/response/result/txs_results").isTextual()) {
      ObjectNode result = (ObjectNode) expected.deepCopy().path("result");
      result
          .putArray("txs_results")
          .add(Golden.calls("tx").get(0).at("/response/result/tx_result"));
      expected = ((ObjectNode) expected.deepCopy()).set("result", result);
    }
    JsonNode actual = server.call(call.path("method").asText(), call.path("params"));
    assertSame(expected, actual, "");
  }

  private static void assertSame(JsonNode expected, JsonNode actual, String path) {
    if (VOLATILE.stream().anyMatch(path::contains)) {
      assertThat(actual.isMissingNode()).as(path + " is there").isFalse();
      return;
    }
    assertThat(actual.getNodeType()).as(path + " in " + actual).isEqualTo(expected.getNodeType());
    if (expected.isObject()) {
      List<String> names = new ArrayList<>();
      expected.fieldNames().forEachRemaining(names::add);
      List<String> actualNames = new ArrayList<>();
      actual.fieldNames().forEachRemaining(actualNames::add);
      assertThat(actualNames).as(path).containsExactlyElementsOf(names);
      names.forEach(name -> assertSame(expected.path(name), actual.path(name), path + "/" + name));
    } else if (expected.isArray()) {
      assertThat(actual.size()).as(path).isEqualTo(expected.size());
      for (int i = 0; i < expected.size(); i++) {
        assertSame(expected.path(i), actual.path(i), path + "/" + i);
      }
    } else {
      assertThat(actual).as(path).isEqualTo(expected);
    }
  }

  private static void prepare(FakeEngine engine, JsonNode call) {
    JsonNode error = call.at("/response/error");
    JsonNode result = call.at("/response/result");
    engine.refusal =
        error.path("code").asInt() == -32603
            ? Optional.of(new MempoolException(error.path("data").asText()))
            : Optional.empty();
    engine.check =
        new CheckTxResponse(
            result.path("code").asInt(),
            result.path("codespace").asText(),
            result.path("log").asText(),
            0,
            result.path("gas_used").asLong(),
            List.of());
  }

  private static QueryResponse recordedQuery(QueryRequest request) {
    for (JsonNode call : Golden.calls("abci_query")) {
      JsonNode params = call.path("params");
      boolean same =
          params.path("path").asText().equals(request.path())
              && params.path("data").asText().equals(HexFormat.of().formatHex(request.data()))
              && params.path("height").asLong() == request.height()
              && params.path("prove").asBoolean() == request.prove();
      if (same) {
        return Golden.query(call.at("/response/result/response"));
      }
    }
    throw new AssertionError("no recorded query " + request);
  }

  private static QueryResponse none() {
    return new QueryResponse(6, "sdk", "none", new byte[0], new byte[0], List.of(), 1);
  }

  private static JsonNode params(String query) {
    return new ObjectMapper().createObjectNode().put("query", query);
  }
}
