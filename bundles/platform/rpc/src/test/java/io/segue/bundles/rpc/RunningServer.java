package io.segue.bundles.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.http.HttpSettings;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeSettings.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server on a free port, and a client of it. */
public final class RunningServer implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** What holds the node. */
  volatile List<NodeHold> holds = List.of();

  /** What of its settings can't be used. */
  volatile List<Fault> faults = List.of();

  private final RpcServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  public RunningServer(Engine engine, Application application, String... origins)
      throws IOException {
    server =
        new RpcServer(
            new RpcConfig(settings(0).corsAllowedOrigins(origins)),
            engine,
            application,
            () -> holds,
            () -> faults);
  }

  /** Defaults on a loopback address. */
  static HttpSettings settings(int port) {
    return HttpSettings.of("rpc", RpcConfig.FILE).listen("127.0.0.1", port).threads(4);
  }

  int port() {
    return server.port();
  }

  /** Calls a method and returns the whole answer, whose HTTP status must be 200. */
  JsonNode call(String method, JsonNode params) throws Exception {
    ObjectNode request = MAPPER.createObjectNode();
    request.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", params);
    HttpResponse<String> response = post(request.toString());
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return MAPPER.readTree(response.body());
  }

  /** Calls a method with parameters in JSON. */
  public JsonNode call(String method, String params) throws Exception {
    return call(method, MAPPER.readTree(params));
  }

  HttpResponse<String> post(String body) throws Exception {
    return post("/", body);
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  public CompletableFuture<HttpResponse<String>> postLater(String body) {
    return client.sendAsync(
        request("/").POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws Exception {
    return send(request(path).GET());
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
  }

  @Override
  public void close() {
    server.close();
  }
}
