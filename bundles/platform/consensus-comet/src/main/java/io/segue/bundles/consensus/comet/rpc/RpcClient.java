package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Calls methods of CometBFT's JSON-RPC; every call ends within a time. After one that had no answer
 * in time, one call at a time finds out whether that is still so, and all others fail at once: a
 * CometBFT that hangs does not hold the threads of the servers that ask it.
 *
 * <p>Thread safety: any thread.
 */
final class RpcClient {
  /** How long it may take to connect; CometBFT is on this machine, or near it. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Longest answer that is read: the results of a block beyond any that CometBFT allows. */
  static final int MAX_ANSWER_BYTES = 1 << 28;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI uri;
  private final Duration timeout;
  private final int maxAnswerBytes;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final AtomicBoolean trying = new AtomicBoolean();
  private volatile boolean silent;

  /**
   * A client of the RPC at a URL.
   *
   * @param timeout of a call, to the last byte of its answer
   */
  RpcClient(URI uri, Duration timeout, int maxAnswerBytes) {
    this.uri = uri;
    this.timeout = timeout;
    this.maxAnswerBytes = maxAnswerBytes;
  }

  /** A call without parameters. */
  static ObjectNode params() {
    return JSON.createObjectNode();
  }

  URI uri() {
    return uri;
  }

  /**
   * Calls a method.
   *
   * @param params int64 as text, bytes in base64
   * @return its result
   * @throws RpcErrorException where CometBFT answers with an error
   * @throws UnavailableException where it does not answer
   */
  JsonNode call(String method, ObjectNode params) throws RpcErrorException {
    if (!silent) {
      return result(method, post(method, params));
    }
    if (!trying.compareAndSet(false, true)) {
      throw noAnswer("nothing within " + timeout.toMillis() + " ms");
    }
    try {
      return result(method, post(method, params));
    } finally {
      trying.set(false);
    }
  }

  private JsonNode result(String method, HttpResponse<byte[]> response) throws RpcErrorException {
    JsonNode answer;
    try {
      answer = JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw noAnswer(unusable(method, response));
    } catch (IOException e) {
      throw noAnswer(FailureText.of(e));
    }
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      String data = error.path("data").asText();
      throw new RpcErrorException(data.isEmpty() ? error.path("message").asText() : data);
    }
    if (!answer.hasNonNull("result")) {
      throw noAnswer(unusable(method, response));
    }
    return answer.path("result");
  }

  private HttpResponse<byte[]> post(String method, ObjectNode params) {
    ObjectNode body = params();
    body.put("jsonrpc", "2.0").put("id", 1).put("method", method).set("params", params);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build();
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new LimitedBody(maxAnswerBytes));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      silent = false;
      return response;
    } catch (TimeoutException e) {
      silent = true;
      throw noAnswer("nothing within " + timeout.toMillis() + " ms");
    } catch (ExecutionException e) {
      silent = e.getCause() instanceof HttpTimeoutException;
      throw noAnswer(
          e.getCause() instanceof ConnectException ? "no connection" : FailureText.of(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw noAnswer("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  private static String unusable(String method, HttpResponse<byte[]> response) {
    return "HTTP status " + response.statusCode() + " and no result of " + method;
  }

  private UnavailableException noAnswer(String why) {
    return new UnavailableException(
        "CometBFT does not answer at "
            + uri
            + ": "
            + why
            + ". Next: start it, or set rpc in etc/io.segue.consensus.comet.cfg to its rpc.laddr");
  }
}
