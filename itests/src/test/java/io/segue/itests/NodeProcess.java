package io.segue.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
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
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A node as users run it: a home made by {@code segue init}, a process of {@code segue start}, and
 * the command line beside it.
 */
final class NodeProcess implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  static final String CHAIN_ID = "itest-1";

  private static final String VOTING_PERIOD = "--voting-period";
  private static final Duration LIMIT = Duration.ofSeconds(120);

  private final Path home;
  private final String host;
  private final int port;
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private Process process;

  private NodeProcess(Path home, int port) {
    this(home, "127.0.0.1", port);
  }

  private NodeProcess(Path home, String host, int port) {
    this.home = home;
    this.host = host;
    this.port = port;
  }

  /** A node that somebody else runs, asked as one's own is. */
  static NodeProcess of(Path home, String host, int port) {
    return new NodeProcess(home, host, port);
  }

  /**
   * A home for the chain {@link #CHAIN_ID} with a funded key {@code alice}, quick blocks and votes.
   */
  static NodeProcess init(Path home, String... more) {
    int port = freePort();
    NodeProcess node = new NodeProcess(home, port);
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
  static NodeProcess goOn(Path home, Path genesis, Path fromHome) {
    NodeProcess node = new NodeProcess(home, freePort());
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
  NodeProcess copyTo(Path target) {
    copy(home, target);
    return new NodeProcess(target, port);
  }

  /** A node on a home that a test puts together, at the port of this one, which must be stopped. */
  NodeProcess movedTo(Path target) throws IOException {
    Files.createDirectories(target.resolve("log"));
    return new NodeProcess(target, port);
  }

  /** Copies a folder with its regular files. */
  static void copy(Path folder, Path target) {
    try (Stream<Path> files = Files.walk(folder)) {
      Files.createDirectories(target);
      for (Path file : files.toList()) {
        Path copy = target.resolve(folder.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(copy);
        } else if (Files.isRegularFile(file)) {
          Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
  NodeProcess set(String pid, String key, String value) {
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
  NodeProcess start(String... options) {
    ProcessBuilder builder =
        new ProcessBuilder(Distribution.command().toString(), "start", "--home", home.toString());
    builder.environment().put("SEGUE_OPTS", String.join(" ", OPTIONS, String.join(" ", options)));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(console().toFile()));
    try {
      process = builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new AssertionError("the node still runs after " + LIMIT + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** Stops cleanly, as an operator does. */
  void stop() {
    process.destroy();
    int status = awaitExit();
    if (status != 0 && status != 143) {
      throw new AssertionError("exit status " + status + log());
    }
  }

  void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** Waits until a block is committed and served. */
  NodeProcess awaitHeight(long height) {
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
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    try {
      int status = new ShellClient(home).command(command, output, errors);
      return Result.of(status, output.toString(UTF_8), errors.toString(UTF_8));
    } catch (ShellException e) {
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
            "the node ended with " + process.exitValue() + ", waiting for " + what + log());
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

  private Path console() {
    return home.resolve("log").resolve("console.log");
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

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
