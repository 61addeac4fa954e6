package io.segue.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.nodes.ConsoleLog;
import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.nodes.NodeException;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import io.segue.bundles.nodes.TemporaryHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A node as users run it: a home made by {@code segue init}, a process of {@code segue start}, and
 * the command line beside it.
 */
final class TestedNode implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String CHAIN_ID = "itest-1";

  private static final String VOTING_PERIOD = "--voting-period";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Path home;
  private final String host;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private NodeProcess process;

  private TestedNode(Path home, int port) {
    this(home, "127.0.0.1", port);
  }

  private TestedNode(Path home, String host, int port) {
    this.home = home;
    this.host = host;
    this.port = port;
  }

  /** A node that somebody else runs, asked as one's own is. */
  static TestedNode of(Path home, String host, int port) {
    return new TestedNode(home, host, port);
  }

  /**
   * A home for the chain {@link #CHAIN_ID} with a funded key {@code alice}, quick blocks and votes.
   */
  static TestedNode init(Path home, String... more) {
    int port = NodeProcess.freePort();
    TestedNode node = new TestedNode(home, port);
    node.command("keys", "add", "alice", "--no-passphrase");
    List<String> init =
        new ArrayList<>(
            List.of(
                "init",
                "--chain-id",
                CHAIN_ID,
                "--no-passphrase",
                "--account",
                "alice=1000000000stake",
                "--min-deposit",
                "1000stake",
                "--block-interval",
                "250ms",
                "--rpc-port",
                Integer.toString(port)));
    init.addAll(List.of(more));
    if (!init.contains(VOTING_PERIOD)) {
      init.addAll(List.of(VOTING_PERIOD, "10s"));
    }
    node.command(init.toArray(String[]::new));
    return node;
  }

  /** A home that goes on from an exported state, with keys and bundles of another one. */
  static TestedNode goOn(Path home, Path genesis, Path fromHome) {
    TestedNode node = new TestedNode(home, NodeProcess.freePort());
    node.command(
        "init",
        "--from-genesis",
        genesis.toString(),
        "--from-home",
        fromHome.toString(),
        "--rpc-port",
        Integer.toString(node.port));
    return node;
  }

  /** A copy of a stopped node's home. */
  TestedNode copyTo(Path target) {
    TemporaryHome.copy(home, target);
    return new TestedNode(target, port);
  }

  /** A node on a home that a test puts together, at the port of this one, which must be stopped. */
  TestedNode movedTo(Path target) throws IOException {
    Files.createDirectories(target.resolve("log"));
    return new TestedNode(target, port);
  }

  Path home() {
    return home;
  }

  /** Where the RPC answers. */
  String url() {
    return "http://" + host + ":" + port;
  }

  /** Where a server answers, as the log says last: {@code REST is}, {@code Metrics are}. */
  String served(String what) {
    Pattern line = Pattern.compile(Pattern.quote(what) + " served at (\\S+)");
    String[] url = {""};
    until(
        what + " served",
        () -> {
          Matcher served = line.matcher(Files.readString(console()));
          while (served.find()) {
            url[0] = served.group(1);
          }
          return !url[0].isEmpty();
        });
    return url[0];
  }

  /** Saves a setting, as an editor does: the file whole. */
  TestedNode set(String pid, String key, String value) {
    Path file = home.resolve("etc").resolve(pid + ".cfg");
    Path incoming = file.resolveSibling("." + pid + ".incoming");
    try {
      String before = Files.readString(file);
      String after = before.replaceAll("(?m)^" + key + " *=.*$", key + " = " + value);
      if (!after.contains("\n" + key + " = " + value)) {
        throw new AssertionError(file + " has no setting " + key);
      }
      Files.writeString(incoming, after);
      Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Options of every node under test: no load of a test may need more heap, and a node that lives
   * for a minute gains nothing by the optimizing compiler, which takes the processor from others.
   */
  static final String OPTIONS = "-Xmx512m -XX:TieredStopAtLevel=1";

  /** Starts the process; {@code options} are more of those of the Java machine, and count more. */
  TestedNode start(String... options) {
    List<String> all = new ArrayList<>(List.of(OPTIONS.split(" ")));
    all.addAll(List.of(options));
    process = NodeProcess.start(home, all);
    return this;
  }

  long pid() {
    return process.pid();
  }

  boolean running() {
    return process != null && process.isAlive();
  }

  /** Waits until the process ended by itself; its exit status. */
  int awaitExit() {
    return process.awaitExit(LIMIT);
  }

  /** Stops cleanly, as an operator does. */
  void stop() {
    process.terminate();
    int status = awaitExit();
    if (status != 0 && status != 143) {
      throw new AssertionError("exit status " + status + log());
    }
  }

  void kill() {
    process.kill();
  }

  /** Waits until a block is committed and served. */
  TestedNode awaitHeight(long height) {
    until("height " + height, () -> height() >= height);
    return this;
  }

  /** Last height that the RPC tells of; 0 where it does not answer. */
  long height() {
    try {
      return rpc("status").path("sync_info").path("latest_block_height").asLong();
    } catch (IOException e) {
      return 0;
    }
  }

  /** App hash of the state after a height: it stands in the header of the next. */
  String rootAfter(long height) {
    awaitHeight(height + 1);
    try {
      return rpc("block?height=" + (height + 1))
          .path("block")
          .path("header")
          .path("app_hash")
          .asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command of the node's shell, with its JSON. */
  JsonNode shell(String command) {
    return json(inShell(command + " --output json"));
  }

  /** What a command of the node's shell printed, which must succeed. */
  String inShell(String command) {
    return succeeded(tryInShell(command), command);
  }

  /**
   * A command of the node's shell, as {@code segue shell -c} sends it, without the second that a
   * process takes to start.
   */
  Result tryInShell(String command) {
    try {
      NodeShell.Answer answer = new NodeShell(home).run(command);
      return Result.of(answer.status(), answer.output(), answer.errors());
    } catch (NodeException e) {
      return new Result(1, e.getMessage());
    }
  }

  /** A command of the command line, with its JSON. */
  JsonNode segue(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--output", "json"));
    return json(command(all.toArray(String[]::new)));
  }

  /** Standard output of a command that must succeed. */
  String command(String... arguments) {
    return succeeded(run(arguments), "segue " + String.join(" ", arguments));
  }

  private String succeeded(Result result, String command) {
    if (result.status() != 0) {
      throw new AssertionError(command + " failed: " + result.output() + log());
    }
    return result.output();
  }

  /** What a command printed, its errors too where it failed, with its exit status. */
  record Result(int status, String output) {
    static Result of(int status, String output, String errors) {
      return new Result(status, status == 0 ? output : output + errors);
    }
  }

  Result run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(Distribution.command().toString()));
    line.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("SEGUE_HOME", home.toString());
    builder.environment().put("SEGUE_NODE", url());
    Path errors = null;
    try {
      Files.createDirectories(home.getParent());
      errors = Files.createTempFile(home.getParent(), "stderr", ".txt");
      builder.redirectError(errors.toFile());
      Process command = builder.start();
      String output = new String(command.getInputStream().readAllBytes(), UTF_8);
      int status = command.waitFor();
      return Result.of(status, output, Files.readString(errors));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What a test waits for; an exception means not yet. */
  interface Condition {
    boolean holds() throws IOException;
  }

  /** Waits for a condition; fails with the node's log. */
  void until(String what, Condition condition) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what + log());
      }
      if (process != null && !process.isAlive()) {
        throw new AssertionError(
            "the node ended with " + process.awaitExit(LIMIT) + ", waiting for " + what + log());
      }
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  private static boolean holds(Condition condition) {
    try {
      return condition.holds();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    if (running()) {
      kill();
    }
  }

  String log() {
    try {
      List<String> lines = Files.readAllLines(console());
      return "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size()));
    } catch (IOException e) {
      return "\n(no log)";
    }
  }

  /** What the node wrote at this start and at those before. */
  String consoles() throws IOException {
    StringBuilder text = new StringBuilder(Files.readString(console()));
    for (int number = 1; number <= ConsoleLog.KEPT; number++) {
      Path older = console().resolveSibling("console.log." + number);
      text.append(Files.exists(older) ? Files.readString(older) : "");
    }
    return text.toString();
  }

  private Path console() {
    return ConsoleLog.of(home);
  }

  /** What watchers of the node are told; status 503 where something holds it. */
  HttpResponse<String> health() throws IOException {
    return get("segue/health");
  }

  /** The result of a call of the RPC, as {@code block?height=7}. */
  JsonNode rpc(String call) throws IOException {
    return JSON.readTree(get(call).body()).path("result");
  }

  private HttpResponse<String> get(String path) throws IOException {
    return get(URI.create(url() + "/" + path));
  }

  /** Asks any server of this node. */
  HttpResponse<String> get(URI uri) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + text, e);
    }
  }
}
