package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's JSON-RPC, as clients on the network use it and misuse it. */
class RpcIT {
  private static final int CONNECTIONS = 60;
  private static final long MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void tellsOfBlocksAndTransactionsOnAWebSocket() throws Exception {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start().awaitHeight(1)) {
      Subscriber subscriber = new Subscriber(node);
      subscriber.send(1, "subscribe", "tm.event='NewBlock'");
      assertThat(subscriber.next().path("result")).isEmpty();
      subscriber.send(2, "subscribe", "tm.event='Tx'");
      JsonNode first = subscriber.await(1);
      long height = first.at("/result/data/value/block/header/height").asLong();
      assertThat(subscriber.await(1).at("/result/data/value/block/header/height").asLong())
          .isEqualTo(height + 1);

      node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait");
      JsonNode tx = subscriber.await(2);
      assertThat(tx.at("/result/data/type").asText()).isEqualTo("tendermint/event/Tx");
      assertThat(tx.at("/result/events/tx.hash")).hasSize(1);
    }
  }

  @Test
  void makesBlocksAndAnswersWhileTenTimesTheClientsAllowedAreSlow() throws Exception {
    TestedNode made =
        TestedNode.init(folder.resolve("home"))
            .set("io.segue.rpc", "maxOpenConnections", Integer.toString(CONNECTIONS));
    List<Socket> slow = new ArrayList<>();
    try (TestedNode node = made.start("-Xmx256m").awaitHeight(2)) {
      for (int i = 0; i < 10 * CONNECTIONS; i++) {
        Socket socket = new Socket("127.0.0.1", URI.create(node.url()).getPort());
        slow.add(socket);
        sendSlowly(socket, i);
      }
      long before = node.shell("node:status").path("height").asLong();
      node.until("blocks", () -> node.shell("node:status").path("height").asLong() >= before + 4);
      assertThat(peakMemoryBytes(node.pid())).isLessThan(700 * MIB);
      node.until("an answer, once slow clients are dropped", () -> node.height() > before);
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  /** Writers that stop in the middle, and readers that ask for much and take nothing. */
  private static void sendSlowly(Socket socket, int number) throws IOException {
    String text =
        switch (number % 3) {
          case 0 -> "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900000\r\n\r\n{";
          case 1 -> "GET /stat";
          default -> "GET /genesis HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(100);
        };
    try {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      // Refused already: the node has as many connections as it takes.
    }
  }

  private static long peakMemoryBytes(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static final class Subscriber implements WebSocket.Listener {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    Subscriber(TestedNode node) throws Exception {
      URI uri = URI.create(node.url().replace("http:", "ws:") + "/websocket");
      socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, this).get();
    }

    void send(int id, String method, String query) throws Exception {
      String request =
          "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{\"query\":\"%s\"}}";
      socket.sendText(request.formatted(id, method, query), true).get();
    }

    /** The next event of a subscription. */
    JsonNode await(int id) throws Exception {
      JsonNode message = next();
      while (message.path("id").asInt() != id || !message.path("result").has("data")) {
        message = next();
      }
      return message;
    }

    JsonNode next() throws Exception {
      String message = messages.poll(60, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("no message came");
      }
      return JSON.readTree(message);
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
