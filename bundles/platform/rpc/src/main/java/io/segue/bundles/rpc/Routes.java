package io.segue.bundles.rpc;

import io.segue.bundles.http.HttpHandler;
import io.segue.bundles.http.HttpRequest;
import io.segue.bundles.http.HttpResponse;
import io.segue.bundles.rpc.call.JsonRpc;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.call.UriParams;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.bundles.rpc.subscription.SocketMethods;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Which path is what: JSON-RPC at {@code /}, each method by a path of its own for people and
 * probes, a list of the methods, and the node's {@link Health}. Statuses and errors are CometBFT's.
 */
final class Routes implements HttpHandler {
  private static final int TOO_LARGE = 413;
  private static final String FORM = "application/x-www-form-urlencoded";

  private final MethodTable methods;
  private final JsonRpc rpc;
  private final Health health;

  Routes(MethodTable methods, JsonRpc rpc, Health health) {
    this.methods = methods;
    this.rpc = rpc;
    this.health = health;
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) throws IOException {
    if (request.path().equals(Health.PATH)) {
      return CompletableFuture.completedFuture(health.answer());
    }
    if (request.path().equals("/")) {
      return request.body().length == 0
          ? CompletableFuture.completedFuture(list())
          : rpc.post(request.body()).thenApply(Routes::json);
    }
    String method = request.path().substring(1);
    if (methods.has(method)) {
      return rpc.uri(method, new UriParams(parameters(request))).thenApply(Routes::json);
    }
    return CompletableFuture.completedFuture(
        SocketMethods.NAMES.contains(method)
            ? json(404, JsonRpc.uriError(RpcException.methodNotFound()))
            : HttpResponse.text(404, "404 page not found\n"));
  }

  @Override
  public HttpResponse refused(int status, String why) {
    return status == TOO_LARGE
        ? json(
            400,
            JsonRpc.error(
                RpcException.invalidRequest(
                    "error reading request body: http: request body too large")))
        : HttpHandler.super.refused(status, why);
  }

  static HttpResponse json(int status, JsonOut body) {
    return HttpResponse.of(status, "application/json", body.buffer(), body.size());
  }

  private static HttpResponse json(JsonRpc.Response response) {
    return response.body().size() == 0
        ? HttpResponse.empty(response.status())
        : json(response.status(), response.body());
  }

  /** Those of the query, and of a form those that the query has not. */
  private static Map<String, List<String>> parameters(HttpRequest request) {
    Map<String, List<String>> all = new LinkedHashMap<>(request.parameters());
    if (request.header("content-type").orElse("").startsWith(FORM)) {
      HttpRequest.parameters(new String(request.body(), StandardCharsets.UTF_8))
          .forEach(all::putIfAbsent);
    }
    return all;
  }

  private HttpResponse list() {
    StringBuilder page = new StringBuilder("<html><body>Methods of this node:<br>\n");
    methods
        .all()
        .forEach(
            (name, entry) -> {
              StringBuilder target = new StringBuilder("/").append(name);
              for (String param : entry.params()) {
                target.append(target.indexOf("?") < 0 ? "?" : "&amp;").append(param).append("=_");
              }
              page.append("<a href=\"%1$s\">%1$s</a><br>\n".formatted(target));
            });
    page.append("</body></html>\n");
    return HttpResponse.of(
        200, "text/html; charset=utf-8", page.toString().getBytes(StandardCharsets.UTF_8));
  }
}
