package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/**
 * The command line of the Cosmos SDK's own application, {@code simd}, unmodified, with a home of
 * its own: all that it knows of a node is the address of its JSON-RPC.
 */
final class Simd {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path binary;
  private final Path home;
  private final String chainId;
  private final String node;

  private Simd(Path binary, Path home, String chainId, String node) {
    this.binary = binary;
    this.home = home;
    this.chainId = chainId;
    this.node = node;
  }

  /**
   * The program for a node. The test counts as skipped, and says why, where there is none on PATH.
   */
  static Simd of(TestedNode node, Path home, String chainId) {
    Optional<Path> found = ClientProgram.onPath("simd");
    Assumptions.assumeTrue(
        found.isPresent(), "skipped: there is no simd on PATH; .ci/tools <folder> builds it");
    return new Simd(found.orElseThrow(), home, chainId, node.url().replace("http://", "tcp://"));
  }

  /** Takes in the key of a mnemonic. */
  Simd recover(String name, String mnemonic) throws Exception {
    run(mnemonic + "\n", words("keys add " + name + " --recover --keyring-backend test"));
    return this;
  }

  /** What a query answers; words are parted by blanks. */
  JsonNode query(String line) throws Exception {
    return json(ask("query " + line + " --output json"));
  }

  /** What any command that asks the node prints. */
  String ask(String line) throws Exception {
    return ask(words(line));
  }

  /** As {@link #ask(String)}, for words with blanks in them. */
  String ask(List<String> words) throws Exception {
    return run("", with(words, "--node", node)).printed();
  }

  /** A command that asks no node. */
  String offline(String line) throws Exception {
    return run("", words(line)).printed();
  }

  /** A command about transactions, with keyring and chain. */
  String tx(String line, String... more) throws Exception {
    return ask(transaction(line, more));
  }

  /** As {@link #tx}, with all that it says, also of errors. */
  String says(String line, String... more) throws Exception {
    Result result = execute("", with(transaction(line, more), "--node", node));
    return result.printed() + result.errors();
  }

  /** Signs and sends; waits until it is in a block, where it must succeed. */
  JsonNode send(String line, String... more) throws Exception {
    return committed(tx(line + " --yes --output json", more));
  }

  /** The transaction that a command sent, when it is in a block. */
  JsonNode committed(String answer) throws Exception {
    JsonNode sent = json(answer);
    assertThat(sent.path("code").asInt()).as(answer).isZero();
    String hash = sent.path("txhash").asText();
    List<String> query = words("query tx " + hash + " --output json");
    long end = System.nanoTime() + LIMIT.toNanos();
    Result found = execute("", with(query, "--node", node));
    while (found.status() != 0) {
      assertThat(System.nanoTime()).as(found.errors()).isLessThan(end);
      found = execute("", with(query, "--node", node));
    }
    JsonNode tx = json(found.printed());
    assertThat(tx.path("code").asInt()).as(found.printed()).isZero();
    return tx;
  }

  private List<String> transaction(String line, String... more) {
    return with(with(words("tx " + line + " --keyring-backend test --chain-id " + chainId)), more);
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static List<String> with(List<String> words, String... more) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of(more));
    return all;
  }

  private static JsonNode json(String printed) throws IOException {
    return JSON.readTree(printed.substring(printed.indexOf('{')));
  }

  private record Result(int status, String printed, String errors) {}

  private Result run(String input, List<String> words) throws Exception {
    Result result = execute(input, words);
    assertThat(result.status())
        .as("simd %s: %s%s", String.join(" ", words), result.printed(), result.errors())
        .isZero();
    return result;
  }

  private Result execute(String input, List<String> words) throws Exception {
    List<String> line = new ArrayList<>(List.of(binary.toString()));
    line.addAll(words);
    line.addAll(List.of("--home", home.toString()));
    Path errors = Files.createTempFile(home.getParent(), "simd", ".txt");
    ProcessBuilder builder = new ProcessBuilder(line).redirectError(errors.toFile());
    // It makes a temporary folder at each start, and leaves it.
    builder.environment().put("TMPDIR", home.getParent().toString());
    Process process = builder.start();
    try (var keyboard = process.getOutputStream()) {
      keyboard.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return new Result(process.exitValue(), printed, Files.readString(errors));
  }
}
