package io.segue.bundles.rpc.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.kernel.api.node.FailureText;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON-RPC 2.0 as CometBFT speaks it: requests, notifications, batches, and their errors. Knows
 * nothing of HTTP but the status that an answer has. Thread safe.
 */
public final class JsonRpc {
  private static final int OK = 200;
  private static final int FAILED = 500;
  private static final JsonNode URI_ID = IntNode.valueOf(-1);
  private static final Logger log = LoggerFactory.getLogger(JsonRpc.class);

  private final MethodTable methods;
  private final int maxBatch;
  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What a client gets; {@code body} may be empty. */
  public record Response(int status, JsonOut body) {}

  /**
   * Answers by methods.
   *
   * @param maxBatch most requests of a batch
   */
  public JsonRpc(MethodTable methods, int maxBatch) {
    this.methods = methods;
    this.maxBatch = maxBatch;
  }

  /** Answers the body of a POST. */
  public CompletionStage<Response> post(byte[] body) throws IOException {
    try {
      JsonNode request = parse(body);
      if (request.isObject()) {
        return single(request).thenApply(answer -> new Response(OK, answer));
      }
      return batch(elements(request));
    } catch (RpcException e) {
      return CompletableFuture.completedFuture(new Response(FAILED, error(e)));
    }
  }

  /** Answers a GET of {@code /method?query}, or a POST of the same as a form. */
  public CompletionStage<Response> uri(String method, UriParams params) {
    return result(URI_ID, method, names -> params)
        .handle(
            (answer, failure) ->
                failure == null
                    ? new Response(OK, answer)
                    : new Response(FAILED, error(URI_ID, cause(method, failure))));
  }

  /**
   * Reads a message.
   *
   * @throws RpcException where it is no JSON
   */
  public JsonNode parse(byte[] message) throws RpcException, IOException {
    try {
      return mapper.readTree(message);
    } catch (JsonProcessingException e) {
      throw unparsable(String.valueOf(e.getOriginalMessage()));
    } catch (CharConversionException e) {
      throw unparsable(String.valueOf(e.getMessage()));
    }
  }

  /** Answers one request; with nothing where it has no id. A stage never fails. */
  public CompletionStage<JsonOut> single(JsonNode request) {
    JsonNode id = request.path("id");
    if (id.isMissingNode() || id.isNull()) {
      return CompletableFuture.completedFuture(new JsonOut());
    }
    String method = request.path("method").asText();
    return result(id, method, names -> new JsonParams(names, request.path("params")))
        .exceptionally(failure -> error(id, cause(method, failure)));
  }

  /** The answer to the request with {@code id}. */
  public static JsonOut result(JsonNode id, Method.Answer answer) {
    return JsonOut.of(
        out ->
            out.object(
                () -> {
                  out.text("jsonrpc", "2.0");
                  out.raw("id", id.toString());
                  out.name("result");
                  answer.write(out);
                }));
  }

  /** An error that belongs to no request. */
  public static JsonOut error(RpcException error) {
    return error(MissingNode.getInstance(), error);
  }

  /** An error that answers a request by URI. */
  public static JsonOut uriError(RpcException error) {
    return error(URI_ID, error);
  }

  /** What could not be read as a request. */
  public static RpcException unparsable(String why) {
    return RpcException.parseError("error unmarshaling request: " + why);
  }

  private static List<JsonNode> elements(JsonNode request) throws RpcException {
    if (!request.isArray()) {
      throw unparsable("a request must be an object or an array");
    }
    List<JsonNode> elements = new ArrayList<>();
    for (JsonNode element : request) {
      if (!element.isObject()) {
        throw unparsable("an element of a batch must be an object");
      }
      elements.add(element);
    }
    return elements;
  }

  private CompletionStage<Response> batch(List<JsonNode> requests) {
    if (requests.size() > maxBatch) {
      String why = "batch request exceeds maximum (" + maxBatch + ") allowed number of requests";
      JsonOut error = error(RpcException.invalidRequest(why));
      return CompletableFuture.completedFuture(new Response(OK, error));
    }
    CompletionStage<List<JsonOut>> answers = CompletableFuture.completedFuture(new ArrayList<>());
    for (JsonNode request : requests) {
      answers =
          answers.thenCompose(
              before ->
                  single(request)
                      .thenApply(
                          answer -> {
                            if (answer.size() > 0) {
                              before.add(answer);
                            }
                            return before;
                          }));
    }
    return answers.thenApply(all -> new Response(OK, joined(all)));
  }

  /** As CometBFT joins them: one answer stands alone, and none is an empty body. */
  private static JsonOut joined(List<JsonOut> answers) {
    if (answers.size() == 1) {
      return answers.get(0);
    }
    return answers.isEmpty() ? new JsonOut() : JsonOut.of(out -> out.array(answers, out::raw));
  }

  /** Makes parameters from the names that a method has for them. */
  @FunctionalInterface
  private interface ParamsReader {
    CallParams read(List<String> names) throws RpcException;
  }

  private CompletionStage<JsonOut> result(JsonNode id, String name, ParamsReader params) {
    try {
      MethodTable.Entry entry = methods.find(name);
      return entry
          .method()
          .call(params.read(entry.params()))
          .thenApply(answer -> result(id, answer));
    } catch (RpcException | RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static RpcException cause(String method, Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof RpcException refusal) {
      return refusal;
    }
    log.warn("{} failed", method, cause);
    return RpcException.internal(FailureText.of(cause));
  }

  /** An error that answers the request with {@code id}, or ends what it began. */
  public static JsonOut error(JsonNode id, RpcException error) {
    return JsonOut.of(
        out ->
            out.object(
                () -> {
                  out.text("jsonrpc", "2.0");
                  if (!id.isMissingNode()) {
                    out.raw("id", id.toString());
                  }
                  out.object("error", () -> write(out, error));
                }));
  }

  private static void write(JsonOut out, RpcException error) throws IOException {
    out.int32("code", error.code());
    out.text("message", error.title());
    if (!error.data().isEmpty()) {
      out.text("data", error.data());
    }
  }
}
