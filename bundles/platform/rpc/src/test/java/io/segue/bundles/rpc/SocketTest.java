package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** JSON-RPC on a WebSocket, answer by answer as CometBFT gives them. */
@Timeout(60)
class SocketTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeEngine engine = Golden.engine();
  private final RunningServer server;
  private final Peer peer;

  SocketTest() throws Exception {
    server =
        new RunningServer(
            engine,
            FakeApplication.answering(
                q -> new QueryResponse(0, "", "", q.data(), q.data(), List.of(), 1)));
    peer = new Peer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersSubscriptionsAsCometBftDoes() throws Exception {
    assertThat(ask(1, "subscribe", "tm.event='NewBlock'")).isEqualTo(empty("1"));
    assertThat(ask(2, "subscribe", "tm.event='Tx'")).isEqualTo(empty("2"));
    assertThat(ask(3, "subscribe", "tm.event='NewBlock'"))
        .isEqualTo(error("3", -32603, "Internal error", "already subscribed"));
    assertThat(ask(4, "subscribe", "a=b").at("/error/data").asText())
        .startsWith("failed to parse query: ");
    assertThat(ask(7, "unsubscribe", "tm.event='NewRound'"))
        .isEqualTo(error("7", -32603, "Internal error", "subscription not found"));
    for (int i = 0; i < 3; i++) {
      assertThat(ask(70 + i, "subscribe", "tm.event='Tx' AND a.b='" + i + "'"))
          .isEqualTo(empty("7" + i));
    }
    assertThat(ask(74, "subscribe", "tm.event='Vote'"))
        .isEqualTo(error("74", -32603, "Internal error", "max_subscriptions_per_client 5 reached"));
    assertThat(ask(8, "unsubscribe", "tm.event='NewBlock'")).isEqualTo(empty("8"));
    assertThat(ask(9, "unsubscribe_all", "")).isEqualTo(empty("9"));
    assertThat(ask(91, "unsubscribe_all", ""))
        .isEqualTo(error("91", -32603, "Internal error", "subscription not found"));
  }

  @Test
  void answersEveryMethodAndEchoesTheId() throws Exception {
    peer.send("{\"jsonrpc\":\"2.0\",\"id\":\"str\",\"method\":\"health\",\"params\":{}}");
    assertThat(peer.next()).isEqualTo(empty("\"str\""));
    peer.send("{\"jsonrpc\":\"2.0\",\"id\":6,\"method\":\"nope\",\"params\":{}}");
    assertThat(peer.next())
        .isEqualTo(
            MAPPER.readTree(
                "{\"jsonrpc\":\"2.0\",\"id\":6,\"error\":"
                    + "{\"code\":-32601,\"message\":\"Method not found\"}}"));
    peer.send("{\"jsonrpc\":\"2.0\",\"id\":5,\"method\":\"block\",\"params\":[\"199\"]}");
    assertThat(peer.next().at("/result/block/header/height").asText()).isEqualTo("199");
    peer.send("{\"jsonrpc\":\"2.0\",\"method\":\"health\"}");
    peer.send("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"health\"}");
    assertThat(peer.next()).as("a request without an id has no answer").isEqualTo(empty("7"));
  }

  @Test
  void takesNeitherBatchesNorWhatIsNoJson() throws Exception {
    for (String text :
        List.of("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"health\"}]", "{b", "")) {
      peer.send(text);
      JsonNode answer = peer.next();
      assertThat(answer.at("/error/code").asInt()).as(text).isEqualTo(-32700);
      assertThat(answer.at("/error/message").asText()).isEqualTo("Parse error. Invalid JSON");
      assertThat(answer.at("/error/data").asText()).startsWith("error unmarshaling request: ");
      assertThat(answer.has("id")).isFalse();
    }
  }

  @Test
  void tellsOfBlocksUnderTheIdOfTheSubscription() throws Exception {
    assertThat(ask(1, "subscribe", "tm.event='NewBlockHeader'")).isEqualTo(empty("1"));
    engine.tellHeight(engine.height + 1);
    JsonNode event = peer.next();
    assertThat(event.path("id").asInt()).isEqualTo(1);
  }

  @Test
  void saysThatTheServerStops() throws Exception {
    assertThat(ask(1, "subscribe", "tm.event='Tx'")).isEqualTo(empty("1"));
    server.close();
    assertThat(peer.next())
        .isEqualTo(
            error(
                "1",
                -32000,
                "Server error",
                "subscription was canceled (reason: the server stops)"));
  }

  private JsonNode ask(int id, String method, String query) throws Exception {
    peer.send(
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{\"query\":\"%s\"}}"
            .formatted(id, method, query));
    return peer.next();
  }

  private static JsonNode empty(String id) throws IOException {
    return MAPPER.readTree("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":{}}");
  }

  private static JsonNode error(String id, int code, String message, String data)
      throws IOException {
    return MAPPER.readTree(
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"error\":{\"code\":%d,\"message\":\"%s\",\"data\":\"%s\"}}"
            .formatted(id, code, message, data));
  }

  private final class Peer implements WebSocket.Listener {
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    Peer() throws Exception {
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + "/websocket?x=y"), this)
              .get();
    }

    void send(String text) throws Exception {
      socket.sendText(text, true).get();
    }

    JsonNode next() throws Exception {
      String message = messages.poll(10, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      return MAPPER.readTree(message);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      parts.append(data);
      if (last) {
        messages.add(parts.toString());
        parts.setLength(0);
      }
      from.request(1);
      return null;
    }
  }
}
