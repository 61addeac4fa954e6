package io.segue.bundles.cli.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.cli.console.CliException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Speaks CometBFT's JSON-RPC with a node. Connections are kept and shared.
 *
 * <p>Thread safety: any number of threads may call.
 */
public final class NodeClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long an answer may take: a node that is busy answers late, one that is gone never. */
  static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private final URI uri;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final AtomicLong id = new AtomicLong();

  /**
   * A client of the node at a URL, such as {@code http://127.0.0.1:26657}.
   *
   * @throws CliException where that is no URL of http
   */
  public NodeClient(String url) {
    this.uri = parse(url);
  }

  /** What a mempool says to a transaction: code 0 where it took it. */
  public record Broadcast(String hash, long code, String codespace, String log) {}

  /** Where the node listens. */
  public URI uri() {
    return uri;
  }

  /** The result of {@code status}. */
  public JsonNode status() {
    return call("status", object());
  }

  /** The chain's identifier. */
  public String chainId() {
    return status().path("node_info").path("network").asText();
  }

  /**
   * The chain's identifier.
   *
   * @param expected what it has to be; empty for any
   * @throws CliException where the node is of another chain
   */
  public String requireChain(String expected) {
    String chainId = chainId();
    if (!expected.isEmpty() && !expected.equals(chainId)) {
      throw new CliException(
          "the node at "
              + uri
              + " is of chain '"
              + chainId
              + "', not of '"
              + expected
              + "', so nothing is signed; name another --node, or --chain-id "
              + chainId);
    }
    return chainId;
  }

  /** Last committed height. */
  public long height() {
    return height(status());
  }

  /** Whether the node answers, and with this height or a later one. */
  public boolean hasReached(long height) {
    try {
      return height() >= height;
    } catch (CliException e) {
      return false; // not yet there
    }
  }

  /** The last committed height that a status names. */
  public static long height(JsonNode status) {
    return status.path("sync_info").path("latest_block_height").asLong();
  }

  /** The result of {@code block}; the last one where {@code height} is 0. */
  public JsonNode block(long height) {
    return call("block", atHeight(height));
  }

  /** The result of {@code block_results}; of the last block where {@code height} is 0. */
  public JsonNode blockResults(long height) {
    return call("block_results", atHeight(height));
  }

  /**
   * Asks the state.
   *
   * @param path such as {@code /cosmos.bank.v1beta1.Query/Balance}
   * @param height of the state; 0 for the last
   * @throws CliException where the node refuses, with its code and log
   */
  public <T extends Message> T query(String path, Message request, long height, Parser<T> answer) {
    try {
      return answer.parseFrom(query(path, request.toByteArray(), height));
    } catch (InvalidProtocolBufferException e) {
      throw new CliException(path + " answers in a form that this client does not know", e);
    }
  }

  /** As {@link #query(String, Message, long, Parser)}, in bytes. */
  public byte[] query(String path, byte[] request, long height) {
    ObjectNode params = object();
    params.put("path", path);
    params.put("data", HexFormat.of().formatHex(request));
    params.put("height", Long.toString(height));
    params.put("prove", false);
    JsonNode response = call("abci_query", params).path("response");
    long code = response.path("code").asLong();
    if (code != 0) {
      throw new QueryRefusedException(
          path, response.path("codespace").asText(), code, response.path("log").asText());
    }
    return Base64.getDecoder().decode(response.path("value").asText(""));
  }

  /** Hands a transaction to the node's mempool and waits for its judgement. */
  public Broadcast broadcast(byte[] tx) {
    ObjectNode params = object();
    params.put("tx", tx);
    JsonNode result = call("broadcast_tx_sync", params);
    return new Broadcast(
        result.path("hash").asText(),
        result.path("code").asLong(),
        result.path("codespace").asText(),
        result.path("log").asText());
  }

  /** The result of {@code tx}; empty where no block has that transaction. */
  public Optional<JsonNode> tx(String hash) {
    ObjectNode params = object();
    params.put("hash", hash(hash));
    params.put("prove", false);
    JsonNode answer = post("tx", params);
    if (answer.path("error").path("data").asText().endsWith("not found")) {
      return Optional.empty();
    }
    return Optional.of(result("tx", answer));
  }

  /**
   * Calls a method.
   *
   * @throws CliException where no node answers, or it answers with an error
   */
  public JsonNode call(String method, ObjectNode params) {
    return result(method, post(method, params));
  }

  private JsonNode post(String method, ObjectNode params) {
    ObjectNode body = object();
    body.put("jsonrpc", "2.0");
    body.put("id", id.incrementAndGet());
    body.put("method", method);
    body.set("params", params);
    try {
      HttpRequest request =
          HttpRequest.newBuilder(uri)
              .timeout(ANSWER_TIMEOUT)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
              .build();
      HttpResponse<byte[]> response = send(method, request);
      if (response.statusCode() != 200) {
        throw new CliException(
            uri + " answers " + method + " with HTTP " + response.statusCode() + "; is it a node?");
      }
      return JSON.readTree(response.body());
    } catch (ConnectException e) {
      throw new UnreachableException(uri, e);
    } catch (IOException e) {
      throw new CliException(uri + " does not answer " + method + ": " + FailureText.of(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CliException("interrupted while " + uri + " answered " + method, e);
    }
  }

  /**
   * A server may close an idle connection just when it is used again: what changes nothing is then
   * asked once more.
   */
  private HttpResponse<byte[]> send(String method, HttpRequest request)
      throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException | HttpTimeoutException e) {
      throw e;
    } catch (IOException e) {
      if (method.startsWith("broadcast_")) {
        throw e;
      }
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
  }

  private static JsonNode result(String method, JsonNode answer) {
    JsonNode error = answer.path("error");
    if (!error.isMissingNode()) {
      String data = error.path("data").asText();
      throw new CliException(
          "the node refuses "
              + method
              + ": "
              + (data.isEmpty() ? error.path("message").asText() : data));
    }
    return answer.path("result");
  }

  private static URI parse(String url) {
    try {
      URI parsed = URI.create(url);
      if (parsed.getHost() != null
          && ("http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme()))) {
        return parsed.getPath().isEmpty() ? parsed.resolve("/") : parsed;
      }
    } catch (IllegalArgumentException e) {
      throw new CliException(refusal(url), e);
    }
    throw new CliException(refusal(url));
  }

  private static String refusal(String url) {
    return "'" + url + "' names no node; write a URL as http://127.0.0.1:26657";
  }

  private static byte[] hash(String hash) {
    try {
      byte[] bytes = HexFormat.of().parseHex(hash.startsWith("0x") ? hash.substring(2) : hash);
      if (bytes.length == 32) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new CliException(noHash(hash), e);
    }
    throw new CliException(noHash(hash));
  }

  private static String noHash(String text) {
    return "'" + text + "' is no transaction's hash; it has 64 hexadecimal digits";
  }

  private static ObjectNode atHeight(long height) {
    ObjectNode params = object();
    if (height > 0) {
      params.put("height", Long.toString(height));
    }
    return params;
  }

  private static ObjectNode object() {
    return JSON.createObjectNode();
  }
}
