package io.segue.bundles.rpc;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.node.NodeHold;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side: POST of JSON-RPC to {@code /}, GET of {@code /method}, GET of {@link #HEALTH}, and
 * the permission that browsers ask for. Requests are answered on a fixed number of threads.
 */
final class RpcServer implements AutoCloseable {
  /**
   * Where those who watch the node ask whether it goes on: status 200, or 503 where something holds
   * it, and what does as JSON, {@code {"height":"7","holds":[{"part", "reason", "message", "next",
   * "stopsBlocks"}]}}.
   */
  static final String HEALTH = "/segue/health";

  private static final int HELD = 503;

  /** So many requests wait for a thread at most; of more the connection is closed. */
  private static final int QUEUE = 1024;

  private static final int BACKLOG = 512;
  private static final Logger log = LoggerFactory.getLogger(RpcServer.class);

  static {
    // The JDK's server reads these once. Without nodelay the body of an answer comes some 40 ms
    // late;
    // without the times a client that sends or reads nothing keeps a thread for ever.
    setAbsent("sun.net.httpserver.nodelay", "true");
    setAbsent("sun.net.httpserver.maxReqTime", "30");
    setAbsent("sun.net.httpserver.maxRspTime", "120");
  }

  private final RpcConfig config;
  private final Engine engine;
  private final Supplier<List<NodeHold>> holds;
  private final HttpServer server;
  private final ThreadPoolExecutor threads;
  private final Methods methods = new Methods();
  private final JsonRpc rpc = new JsonRpc(methods);
  private final AutoCloseable blocks;

  /**
   * Opens a server.
   *
   * @param holds what holds the node
   * @throws IOException where the address can't be used; the message names setting and file
   */
  RpcServer(
      RpcConfig config, Engine engine, Application application, Supplier<List<NodeHold>> holds)
      throws IOException {
    this.config = config;
    this.engine = engine;
    this.holds = holds;
    InetSocketAddress address = new InetSocketAddress(config.host(), config.port());
    if (address.isUnresolved()) {
      throw new IOException(refusal("host = " + config.host(), "is no address of this machine"));
    }
    try {
      server = HttpServer.create(address, BACKLOG);
    } catch (BindException e) {
      throw new IOException(
          refusal("host, port = " + config.host() + ":" + config.port(), "" + e.getMessage()), e);
    }
    Supplier<Optional<String>> heldFor =
        () -> holds.get().stream().filter(NodeHold::stopsBlocks).map(NodeHold::text).findFirst();
    CommitWaiters waiters = new CommitWaiters(engine, heldFor, Math.max(1, config.threads() / 2));
    blocks = engine.onBlock(height -> waiters.committed());
    new NodeMethods(engine, application, "tcp://" + config.host() + ":" + port(), holds)
        .addTo(methods);
    new GenesisMethods(engine).addTo(methods);
    new BlockMethods(engine).addTo(methods);
    new ConsensusMethods(engine).addTo(methods);
    new SearchMethods(engine).addTo(methods);
    new TxMethods(engine, waiters).addTo(methods);
    threads =
        new ThreadPoolExecutor(
            config.threads(),
            config.threads(),
            30,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            work -> new Thread(work, "segue-rpc"));
    threads.allowCoreThreadTimeOut(true);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /** The port it listens on. */
  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    try {
      blocks.close();
    } catch (Exception e) {
      log.warn("the server still hears of blocks", e);
    }
    server.stop(0);
    threads.shutdown();
  }

  private static void setAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static String refusal(String setting, String why) {
    return setting
        + " in etc/"
        + RpcConfig.PID
        + ".cfg can't be used: "
        + why
        + "; choose another, or stop the program that has it";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      allowOrigin(exchange);
      switch (exchange.getRequestMethod()) {
        case "OPTIONS" -> preflight(exchange);
        case "POST" -> {
          if (path.equals("/")) {
            post(exchange);
          } else {
            notFound(exchange);
          }
        }
        case "GET" -> {
          if (path.equals(HEALTH)) {
            health(exchange);
          } else {
            get(exchange, path.substring(1));
          }
        }
        default -> notFound(exchange);
      }
    }
  }

  private void post(HttpExchange exchange) throws IOException {
    byte[] body = read(exchange);
    if (body.length > config.maxBodyBytes()) {
      RpcException tooLarge =
          RpcException.invalidRequest("error reading request body: http: request body too large");
      send(exchange, 400, JsonRpc.error(tooLarge));
      return;
    }
    JsonRpc.Response response = rpc.post(body, body.length);
    send(exchange, response.status(), response.body());
  }

  private void get(HttpExchange exchange, String method) throws IOException {
    if (!methods.has(method)) {
      notFound(exchange);
      return;
    }
    String query = exchange.getRequestURI().getRawQuery();
    JsonRpc.Response response = rpc.get(method, query == null ? "" : query);
    send(exchange, response.status(), response.body());
  }

  private void health(HttpExchange exchange) throws IOException {
    List<NodeHold> now = holds.get();
    JsonOut out = new JsonOut();
    out.object(
        () -> {
          out.int64("height", engine.height());
          out.array("holds", now, hold -> writeHold(out, hold));
        });
    send(exchange, now.isEmpty() ? 200 : HELD, out);
  }

  private static void writeHold(JsonOut out, NodeHold hold) throws IOException {
    out.object(
        () -> {
          out.text("part", hold.part());
          out.text("reason", hold.reason());
          out.text("message", hold.message());
          out.text("next", hold.nextStep());
          out.flag("stopsBlocks", hold.stopsBlocks());
        });
  }

  /** The body, or one byte more than is allowed of it. */
  private byte[] read(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      return in.readNBytes(config.maxBodyBytes() + 1);
    }
  }

  private void allowOrigin(HttpExchange exchange) {
    if (config.corsAllowedOrigins().isEmpty()) {
      return;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.add("Vary", "Origin");
    String origin = exchange.getRequestHeaders().getFirst("Origin");
    boolean any = config.corsAllowedOrigins().contains("*");
    if (origin != null && (any || config.corsAllowedOrigins().contains(origin))) {
      headers.add("Access-Control-Allow-Origin", any ? "*" : origin);
    }
  }

  private void preflight(HttpExchange exchange) throws IOException {
    if (exchange.getResponseHeaders().containsKey("Access-Control-Allow-Origin")) {
      Headers headers = exchange.getResponseHeaders();
      headers.add("Access-Control-Allow-Methods", "HEAD, GET, POST");
      headers.add(
          "Access-Control-Allow-Headers",
          "Origin, Accept, Content-Type, X-Requested-With, X-Server-Time");
    }
    exchange.sendResponseHeaders(204, -1);
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    byte[] text = "404 page not found\n".getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
    exchange.sendResponseHeaders(404, text.length);
    exchange.getResponseBody().write(text);
  }

  private static void send(HttpExchange exchange, int status, JsonOut body) throws IOException {
    if (body.size() == 0) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.size());
    try (OutputStream out = exchange.getResponseBody()) {
      body.copyTo(out);
    }
  }
}
