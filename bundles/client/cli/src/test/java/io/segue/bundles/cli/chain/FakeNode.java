package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.segue.bundles.cli.console.Output;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Answers JSON-RPC as a test says, and keeps what it was asked. */
public final class FakeNode implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Function<JsonNode, JsonNode>> results = new HashMap<>();
  private final Map<String, String> errors = new HashMap<>();
  private final List<JsonNode> requests = new ArrayList<>();

  /** A node that knows no method. */
  public FakeNode() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Answers a method with a result made from its parameters. */
  public FakeNode answers(String method, Function<JsonNode, JsonNode> result) {
    results.put(method, result);
    return this;
  }

  /** Answers a method with JSON. */
  public FakeNode answers(String method, String json) throws IOException {
    JsonNode result = Output.JSON.readTree(json);
    return answers(method, params -> result);
  }

  /** Answers a method with an error. */
  public FakeNode fails(String method, String data) {
    errors.put(method, data);
    return this;
  }

  /** What it was asked, oldest first. */
  public List<JsonNode> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode request = Output.JSON.readTree(exchange.getRequestBody());
      requests.add(request);
      ObjectNode answer = Output.object();
      answer.put("jsonrpc", "2.0");
      answer.set("id", request.path("id"));
      String method = request.path("method").asText();
      if (results.containsKey(method)) {
        answer.set("result", results.get(method).apply(request.path("params")));
      } else {
        answer
            .putObject("error")
            .put("code", -32603)
            .put("message", "Internal error")
            .put("data", errors.getOrDefault(method, "unexpected " + method));
      }
      byte[] body = Output.JSON.writeValueAsBytes(answer);
      exchange.sendResponseHeaders(200, body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(body);
      }
    }
  }
}
