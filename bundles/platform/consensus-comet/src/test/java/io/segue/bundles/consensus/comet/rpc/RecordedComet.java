package io.segue.bundles.consensus.comet.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Answers as a CometBFT 0.38.25 with one validator did, whose application had committed block 6.
 */
final class RecordedComet implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Answers instead of the record; null leaves it to the record. */
  @FunctionalInterface
  interface Instead {
    byte @Nullable [] answer(String method, JsonNode params) throws InterruptedException;
  }

  final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
  volatile Instead instead = (method, params) -> null;

  private final Map<String, JsonNode> answers = new HashMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  RecordedComet() throws IOException {
    try (InputStream in = RecordedComet.class.getResourceAsStream("/comet_rpc.json")) {
      for (JsonNode call : JSON.readTree(in)) {
        answers.put(call.path("method").asText() + call.path("params"), call.path("answer"));
      }
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** An error in CometBFT's form. */
  static byte[] error(String text) {
    ObjectNode answer = JSON.createObjectNode();
    answer
        .putObject("error")
        .put("code", -32603)
        .put("message", "Internal error")
        .put("data", text);
    return answer.toString().getBytes(UTF_8);
  }

  /** Methods that were asked for since the last call of this. */
  List<String> asked() {
    List<String> all = new ArrayList<>();
    calls.drainTo(all);
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode request = JSON.readTree(exchange.getRequestBody());
    String method = request.path("method").asText();
    calls.add(method);
    byte[] answer;
    try {
      answer = instead.answer(method, request.path("params"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    if (answer == null) {
      JsonNode recorded = answers.get(method + request.path("params"));
      answer =
          recorded == null
              ? error("no record of " + method + request.path("params"))
              : recorded.toString().getBytes(UTF_8);
    }
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }
}
