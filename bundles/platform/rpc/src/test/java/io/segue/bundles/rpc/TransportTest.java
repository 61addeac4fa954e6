package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client meets before a method is reached. */
class TransportTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeEngine engine = Golden.engine();
  private final RunningServer server;

  TransportTest() throws IOException {
    server = new RunningServer(engine, FakeApplication.answering(TransportTest::noQuery));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersRawBodiesAsCometBftDoes() throws Exception {
    for (JsonNode raw : Golden.RECORDED.path("raw")) {
      HttpResponse<String> response =
          raw.has("get") ? server.get(raw.path("get").asText()) : server.post(body(raw));
      String what = raw.path("note").asText();

      assertThat(response.statusCode()).as(what).isEqualTo(raw.path("http_status").asInt());
      if (raw.has("response_text")) {
        assertThat(response.body()).as(what).isEqualTo(raw.path("response_text").asText());
      } else if (raw.path("response").isNull()) {
        assertThat(response.body()).as(what).isEmpty();
      } else {
        assertSameButForParserText(raw.path("response"), MAPPER.readTree(response.body()), what);
      }
    }
  }

  @Test
  void takesParametersByPositionAndIgnoresUnknownOnes() throws Exception {
    assertThat(server.call("block", "[\"199\"]").at("/result/block/header/height").asText())
        .isEqualTo("199");
    assertThat(
            server
                .call("block", "{\"height\":\"199\",\"more\":1}")
                .at("/result/block/header/height")
                .asText())
        .isEqualTo("199");
    assertThat(server.call("block", "{\"height\":null}").at("/error/code").asInt())
        .isEqualTo(-32603);
  }

  @Test
  void takesAbsentParametersAsNone() throws Exception {
    HttpResponse<String> response =
        server.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"health\"}");
    assertThat(response.body()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}");
  }

  @Test
  void refusesParametersOfTheWrongType() throws Exception {
    assertThat(data(server.call("block", "{\"height\":5}")))
        .isEqualTo(
            "error converting json params to arguments: invalid 64-bit integer encoding \"5\","
                + " expected string");
    assertThat(data(server.call("block", "\"x\""))).contains("unknown type for JSON params");
    assertThat(data(server.call("abci_query", "{\"path\":\"/a\",\"data\":\"0g\"}"))).contains("0g");
    assertThat(data(server.call("abci_query", "{\"path\":5}"))).contains("number");
    assertThat(data(server.call("tx", "{\"hash\":\"\",\"prove\":\"yes\"}"))).contains("bool");
  }

  @Test
  void answersUrisWithQuotedTextsAndHex() throws Exception {
    assertThat(json(server.get("/block?height=199")).at("/result/block/header/height").asText())
        .isEqualTo("199");
    assertThat(json(server.get("/block?height=%22199%22")).at("/id").asInt()).isEqualTo(-1);
    String hash = Golden.calls("tx").get(0).at("/response/result/hash").asText();
    assertThat(json(server.get("/tx?hash=0x" + hash)).at("/result/hash").asText()).isEqualTo(hash);
    assertThat(
            json(server.get("/tx_search?query=%22tx.height%3E0%22"))
                .at("/result/total_count")
                .asText())
        .isEqualTo("0");
    assertThat(server.get("/tx_search?query=tx.height").statusCode()).isEqualTo(500);
  }

  @Test
  void knowsNoOtherPaths() throws Exception {
    assertThat(server.get("/nope").statusCode()).isEqualTo(404);
    assertThat(server.post("/nope", "{}").statusCode()).isEqualTo(404);
    assertThat(server.get("/etc/passwd").statusCode()).isEqualTo(404);
    assertThat(server.get("/../etc/passwd").headers().firstValue("Location"))
        .as("as CometBFT sends to the clean path")
        .contains("/etc/passwd");
  }

  @Test
  void takesUrisAsPeopleTypeThem() throws Exception {
    assertThat(rawGet("/tx_search?query=\"tx.height>1000000\""))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("{\"txs\":[],\"total_count\":\"0\"}}");
    assertThat(rawGet("/tx_search?query=\"tx.height<1 AND a.b='c d'\""))
        .endsWith("{\"txs\":[],\"total_count\":\"0\"}}");
    assertThat(rawGet("/block?height=\"199\"")).contains("\"height\":\"199\"");
    assertThat(rawGet("/abci_query?path=\"/boom\"&data=0X0A"))
        .startsWith("HTTP/1.1 500 ")
        .contains("\"id\":-1");
  }

  @Test
  void takesFormsAtThePathsOfMethods() throws Exception {
    HttpResponse<String> form =
        server.send(
            server
                .request("/block")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("height=%22199%22")));
    assertThat(form.statusCode()).isEqualTo(200);
    assertThat(json(form).at("/id").asInt()).isEqualTo(-1);
    assertThat(json(form).at("/result/block/header/height").asText()).isEqualTo("199");
  }

  @Test
  void listsTheMethodsAndAnswersProbes() throws Exception {
    HttpResponse<String> list = server.get("/");
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
    assertThat(list.body())
        .contains("<a href=\"/health\">/health</a>")
        .contains("/tx?hash=_&amp;prove=_");
    for (String path : List.of("/", "/health", "/status", "/block?height=199")) {
      HttpResponse<String> head =
          server.send(server.request(path).method("HEAD", HttpRequest.BodyPublishers.noBody()));
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void hasSubscriptionsOnWebSocketsOnly() throws Exception {
    HttpResponse<String> get = server.get("/subscribe?query=%22tm.event='Tx'%22");
    assertThat(get.statusCode()).isEqualTo(404);
    assertThat(json(get).at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(server.call("unsubscribe_all", "{}").at("/error/code").asInt()).isEqualTo(-32601);
    assertThat(server.get("/websocket").statusCode()).isEqualTo(400);
  }

  @Test
  void answersToNoNameThatAPageCanLetPointHere() throws Exception {
    assertThat(raw("GET /status HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ")
        .contains("allowedHosts");
  }

  @Test
  void survivesMethodsThatFailUnexpectedly() throws Exception {
    JsonNode answer = server.call("abci_query", "{\"path\":\"/boom\"}");
    assertThat(answer.at("/error/code").asInt()).isEqualTo(-32603);
    assertThat(server.call("health", "{}").at("/result").isObject()).isTrue();
  }

  @Test
  void saysInHealthWhatHoldsTheNode() throws Exception {
    assertThat(server.get("/segue/health").statusCode()).isEqualTo(200);
    server.holds = List.of(new NodeHold("engine", "DISK_FULL", "no room", "make some", true));
    engine.height = 7;
    assertThat(data(server.call("health", "{}")))
        .isEqualTo("the node is held: no room. Next: make some");
    HttpResponse<String> health = server.get("/segue/health");
    assertThat(health.statusCode()).isEqualTo(503);
    assertThat(health.body())
        .isEqualTo(
            "{\"height\":\"7\",\"holds\":[{\"part\":\"engine\",\"reason\":\"DISK_FULL\","
                + "\"message\":\"no room\",\"next\":\"make some\",\"stopsBlocks\":true}],"
                + "\"settings\":[]}");
    server.holds = List.of();
    assertThat(server.get("/segue/health").body())
        .isEqualTo("{\"height\":\"7\",\"holds\":[],\"settings\":[]}");
    server.faults = List.of(new Fault("etc/a.cfg", "port", "banana", "0 to 65535", "1234"));
    assertThat(server.get("/segue/health").statusCode()).isEqualTo(200);
    assertThat(server.get("/segue/health").body())
        .endsWith(
            "\"settings\":[{\"file\":\"etc/a.cfg\",\"key\":\"port\",\"value\":\"banana\","
                + "\"allowed\":\"0 to 65535\",\"inForce\":\"1234\"}]}");
    assertThat(server.call("health", "{}").at("/result").isObject()).isTrue();
  }

  @Test
  void refusesBytesBehindARequestAndBatchesOfOtherThings() throws Exception {
    String health = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\"}";
    for (String body :
        List.of(
            health + "x",
            health + health,
            health + "]",
            "[" + health + "]1",
            "[1,2]",
            "[[" + health + "]]",
            "[" + health + ",\"health\"]",
            "5",
            "\"health\"")) {
      HttpResponse<String> response = server.post(body);
      assertThat(response.statusCode()).as(body).isEqualTo(500);
      assertThat(json(response).at("/error/code").asInt()).as(body).isEqualTo(-32700);
      assertThat(data(json(response))).as(body).startsWith("error unmarshaling request: ");
    }
    assertThat(server.post(health + " \n").statusCode()).isEqualTo(200);
  }

  @Test
  void answersNumbersAtTheEndsOfTheirRange() throws Exception {
    String last = "" + Long.MAX_VALUE;
    String first = "" + Long.MIN_VALUE;
    for (String method : List.of("block", "commit", "validators", "consensus_params")) {
      assertThat(data(server.call(method, "{\"height\":\"" + last + "\"}")))
          .contains("must be less than or equal to the current blockchain height");
      assertThat(data(server.call(method, "{\"height\":\"" + first + "\"}")))
          .contains("height must be greater than 0, but got " + first);
      assertThat(data(server.call(method, "{\"height\":\"9223372036854775808\"}")))
          .startsWith("error converting json params to arguments");
    }
    for (String page : List.of(last, "92233720368547759", "0", first)) {
      assertThat(data(server.call("validators", "{\"page\":\"" + page + "\"}")))
          .isEqualTo("page should be within [1, 1] range, given " + page);
      assertThat(
              data(
                  server.call(
                      "tx_search",
                      "{\"query\":\"tx.height>0\",\"page\":\"" + page + "\",\"per_page\":\"1\"}")))
          .isEqualTo("page should be within [1, 1] range, given " + page);
    }
    String all = server.call("blockchain", "{}").toString();
    assertThat(server.call("blockchain", "{\"maxHeight\":\"" + last + "\"}")).hasToString(all);
    assertThat(data(server.call("blockchain", "{\"minHeight\":\"" + last + "\"}")))
        .contains("can't be greater than max height");
    assertThat(data(server.call("blockchain", "{\"minHeight\":\"" + first + "\"}")))
        .contains("non-negative");
    assertThat(
            server
                .call("unconfirmed_txs", "{\"limit\":\"" + last + "\"}")
                .at("/result/n_txs")
                .asText())
        .isEqualTo(
            server.call("unconfirmed_txs", "{\"limit\":\"100\"}").at("/result/n_txs").asText());
  }

  @Test
  void refusesJsonThatIsTooDeep() throws Exception {
    HttpResponse<String> response = server.post("[".repeat(100_000));
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(json(response).at("/error/code").asInt()).isEqualTo(-32700);
  }

  @Test
  void permitsBrowsersOfAllowedOriginsOnly() throws Exception {
    HttpResponse<String> closed = preflight(server, "https://wallet.example");
    assertThat(closed.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    try (RunningServer open =
        new RunningServer(
            engine, FakeApplication.answering(TransportTest::noQuery), "https://wallet.example")) {
      HttpResponse<String> allowed = preflight(open, "https://wallet.example");
      assertThat(allowed.statusCode()).isEqualTo(204);
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin"))
          .contains("https://wallet.example");
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Methods")).isPresent();
      assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers").orElse(""))
          .contains("Content-Type");
      assertThat(allowed.headers().firstValue("Vary")).contains("Origin");
      assertThat(
              preflight(open, "https://evil.example")
                  .headers()
                  .firstValue("Access-Control-Allow-Origin"))
          .isEmpty();
    }
  }

  @Test
  void namesSettingAndFileWhereThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      RpcConfig config = new RpcConfig(RunningServer.settings(taken.getLocalPort()));
      assertThatThrownBy(
              () ->
                  new RpcServer(
                      config,
                      engine,
                      FakeApplication.answering(TransportTest::noQuery),
                      List::of,
                      List::of))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("port = 127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("etc/io.segue.rpc.cfg")
          .hasMessageContaining("choose another");
    }
  }

  private String rawGet(String target) throws IOException {
    return raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  private String raw(String request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String body(JsonNode raw) {
    String body = raw.path("body").asText();
    String health = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\"}";
    return switch (body) {
      case "batch of eleven" ->
          IntStream.range(0, 11).mapToObj(i -> health).collect(Collectors.joining(",", "[", "]"));
      case "body of 1,000,001 bytes" -> " ".repeat(1_000_001);
      default -> body;
    };
  }

  private static void assertSameButForParserText(JsonNode expected, JsonNode actual, String what) {
    String data = expected.at("/error/data").asText();
    if (data.startsWith("error unmarshaling")) {
      assertThat(actual.at("/error/data").asText()).as(what).startsWith("error unmarshaling");
      assertThat(actual.at("/error/code")).as(what).isEqualTo(expected.at("/error/code"));
      assertThat(actual.has("id")).as(what).isFalse();
    } else {
      assertThat(actual).as(what).isEqualTo(expected);
    }
  }

  private static HttpResponse<String> preflight(RunningServer server, String origin)
      throws Exception {
    return server.send(
        server
            .request("/")
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .method("OPTIONS", HttpRequest.BodyPublishers.noBody()));
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    return MAPPER.readTree(response.body());
  }

  private static String data(JsonNode answer) {
    return answer.at("/error/data").asText();
  }

  private static QueryResponse noQuery(QueryRequest request) {
    throw new IllegalStateException(request.path());
  }
}
