package io.segue.bundles.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * JSON-RPC 2.0 as CometBFT speaks it: requests, notifications, batches, and their errors. Knows
 * nothing of HTTP but the status that an answer has. Thread safe.
 */
final class JsonRpc {
  /** Most requests of a batch. */
  static final int MAX_BATCH = 10;

  private static final int OK = 200;
  private static final int FAILED = 500;
  private static final JsonNode URI_ID = IntNode.valueOf(-1);
  private static final Logger log = LoggerFactory.getLogger(JsonRpc.class);

  private final Methods methods;
  private final ObjectMapper mapper =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** What a client gets; {@code body} may be empty. */
  record Response(int status, JsonOut body) {}

  JsonRpc(Methods methods) {
    this.methods = methods;
  }

  /** Answers the body of a POST. */
  Response post(byte[] body, int length) throws IOException {
    JsonNode request;
    try {
      request = mapper.readTree(body, 0, length);
    } catch (JsonProcessingException e) {
      return unparsable(e.getOriginalMessage());
    }
    if (request.isArray()) {
      for (JsonNode element : request) {
        if (!element.isObject()) {
          return unparsable("an element of a batch must be an object");
        }
      }
      return batch(request);
    }
    return request.isObject()
        ? new Response(OK, single(request))
        : unparsable("a request must be an object or an array");
  }

  /** Answers a GET of {@code /method?query}. */
  Response get(String method, String rawQuery) throws IOException {
    try {
      return new Response(OK, result(URI_ID, method, names -> new UriParams(rawQuery)));
    } catch (RpcException e) {
      return new Response(FAILED, error(URI_ID, e));
    }
  }

  /** An error that belongs to no request. */
  static JsonOut error(RpcException error) throws IOException {
    return error(MissingNode.getInstance(), error);
  }

  private Response batch(JsonNode requests) throws IOException {
    if (requests.size() > MAX_BATCH) {
      String why = "batch request exceeds maximum (" + MAX_BATCH + ") allowed number of requests";
      return new Response(OK, error(RpcException.invalidRequest(why)));
    }
    List<JsonOut> answers = new ArrayList<>();
    for (JsonNode request : requests) {
      JsonOut answer = single(request);
      if (answer.size() > 0) {
        answers.add(answer);
      }
    }
    if (answers.size() == 1) {
      return new Response(OK, answers.get(0));
    }
    JsonOut out = new JsonOut();
    if (!answers.isEmpty()) {
      out.array(answers, answer -> out.raw(answer));
    }
    return new Response(OK, out);
  }

  private JsonOut single(JsonNode request) throws IOException {
    JsonNode id = request.path("id");
    if (id.isMissingNode() || id.isNull()) {
      return new JsonOut();
    }
    try {
      return result(
          id,
          request.path("method").asText(),
          names -> new JsonParams(names, request.path("params")));
    } catch (RpcException e) {
      return error(id, e);
    }
  }

  /** Makes parameters from the names that a method has for them. */
  @FunctionalInterface
  private interface ParamsReader {
    Params read(List<String> names) throws RpcException;
  }

  private JsonOut result(JsonNode id, String name, ParamsReader params)
      throws RpcException, IOException {
    Methods.Entry entry = methods.find(name);
    try {
      Method.Answer answer = entry.method().call(params.read(entry.params()));
      JsonOut out = new JsonOut();
      out.object(
          () -> {
            out.text("jsonrpc", "2.0");
            out.raw("id", id.toString());
            out.name("result");
            answer.write(out);
          });
      return out;
    } catch (RuntimeException e) {
      log.warn("{} failed", name, e);
      throw RpcException.internal(FailureText.of(e));
    }
  }

  private static Response unparsable(String why) throws IOException {
    return new Response(
        FAILED, error(RpcException.parseError("error unmarshaling request: " + why)));
  }

  /** An error that answers the request with {@code id}, or ends what it began. */
  static JsonOut error(JsonNode id, RpcException error) throws IOException {
    JsonOut out = new JsonOut();
    out.object(
        () -> {
          out.text("jsonrpc", "2.0");
          if (!id.isMissingNode()) {
            out.raw("id", id.toString());
          }
          out.object(
              "error",
              () -> {
                out.int32("code", error.code());
                out.text("message", error.title());
                if (!error.data().isEmpty()) {
                  out.text("data", error.data());
                }
              });
        });
    return out;
  }
}
