package io.segue.bundles.rest;

import io.segue.bundles.http.HttpHandler;
import io.segue.bundles.http.HttpRequest;
import io.segue.bundles.http.HttpResponse;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Between the HTTP server and what it serves. Thread safe. */
final class RestHandler implements HttpHandler {
  /** Header of a request that asks for a height. */
  static final String HEIGHT = "x-cosmos-block-height";

  /** Header of an answer with the height that was read. */
  private static final String ANSWER_HEIGHT = "Grpc-Metadata-X-Cosmos-Block-Height";

  /** Statuses of the server's own refusals; others are INTERNAL. */
  private static final Map<Integer, Status> REFUSALS =
      Map.of(400, Status.InvalidArgument, 503, Status.Unavailable);

  private final RestApi api;

  RestHandler(RestApi api) {
    this.api = api;
  }

  @Override
  public CompletionStage<HttpResponse> handle(HttpRequest request) {
    RestAnswer answer =
        api.answer(
            new RestRequest(
                request.method(),
                request.path(),
                request.query(),
                request.header(HEIGHT).or(() -> request.header("grpc-metadata-" + HEIGHT)),
                request.body()));
    HttpResponse response = HttpResponse.of(answer.status(), answer.type(), answer.body());
    Optional<Long> height = answer.height();
    return CompletableFuture.completedFuture(
        height.isPresent() ? response.with(ANSWER_HEIGHT, height.get().toString()) : response);
  }

  @Override
  public HttpResponse refused(int status, String why) {
    Status code = REFUSALS.getOrDefault(status, Status.Internal);
    return HttpResponse.json(status, RestAnswer.refused(new QueryException(code, why)).body());
  }
}
