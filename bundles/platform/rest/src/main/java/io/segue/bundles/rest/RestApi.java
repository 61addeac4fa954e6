package io.segue.bundles.rest;

import com.google.protobuf.DynamicMessage;
import io.segue.bundles.descriptors.HttpRoute;
import io.segue.bundles.descriptors.HttpRoutes;
import io.segue.bundles.descriptors.HttpRoutes.Match;
import io.segue.bundles.descriptors.Types;
import io.segue.kernel.api.module.Descriptors;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.GrpcQueries;
import io.segue.kernel.api.node.Interfaces;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Answers REST as the gateway of the Cosmos SDK 0.50 does, from the descriptors of the generation
 * of the height that is asked: routes, parameters, JSON. {@code /openapi.json} describes them, and
 * {@code /swagger/} shows that. Thread safe.
 */
final class RestApi {
  static final String OPEN_API = "/openapi.json";
  static final String PAGE = "/swagger/";

  private static final Pattern HEIGHT = Pattern.compile("[+-]?[0-9]{1,18}");

  private final Interfaces interfaces;
  private final GrpcQueries queries;
  private final byte[] page;

  RestApi(Interfaces interfaces, GrpcQueries queries) {
    this.interfaces = interfaces;
    this.queries = queries;
    this.page = page();
  }

  RestAnswer answer(RestRequest request) {
    if (request.path().equals(PAGE) || request.path().equals("/swagger")) {
      return RestAnswer.of("text/html; charset=utf-8", page, interfaces.height());
    }
    try {
      long asked = request.height().map(RestApi::height).orElse(0L);
      long height = asked == 0 ? interfaces.height() : asked;
      Descriptors descriptors = interfaces.at(height);
      if (request.path().equals(OPEN_API)) {
        return RestAnswer.of(RestAnswer.JSON, OpenApi.of(descriptors).json(), height);
      }
      return answer(request, Types.of(descriptors), height);
    } catch (QueryException e) {
      return RestAnswer.refused(e);
    }
  }

  private RestAnswer answer(RestRequest request, Types types, long height) {
    HttpRoute route;
    DynamicMessage message;
    try {
      Match match = match(types.routes(), request);
      route = match.route();
      message =
          route.request(
              match.variables(),
              route.hasBody() ? QueryString.NONE : QueryString.parse(request.query()),
              request.body(),
              types.json());
    } catch (IllegalArgumentException e) {
      throw new QueryException(Status.InvalidArgument, String.valueOf(e.getMessage()));
    }
    GrpcQueries.Answer answer;
    try {
      answer = queries.query(route.path(), message.toByteArray(), height);
    } catch (QueryException e) {
      return RestAnswer.refused(e).at(height);
    }
    try {
      return RestAnswer.of(
          RestAnswer.JSON,
          types.json().print(route.method().getOutputType(), answer.value()),
          answer.height());
    } catch (IllegalArgumentException e) {
      throw new QueryException(
          Status.Internal, "the answer of " + route.path() + " can't be read: " + e.getMessage());
    }
  }

  private static Match match(HttpRoutes routes, RestRequest request) {
    Optional<Match> match = routes.find(request.method(), request.path());
    if (match.isEmpty()) {
      throw new QueryException(
          Status.Unimplemented,
          routes.knows(request.path()) ? "Method Not Allowed" : "Not Implemented");
    }
    return match.get();
  }

  private static long height(String header) {
    if (!HEIGHT.matcher(header).matches()) {
      throw new QueryException(
          Status.Unknown,
          "codespace sdk code 18: invalid request: Baseapp.RegisterGRPCServer: invalid height"
              + " header \""
              + RestHandler.HEIGHT
              + "\": strconv.ParseInt: parsing \""
              + (header.length() <= 64 ? header : header.substring(0, 64) + "...")
              + "\": invalid syntax");
    }
    return Long.parseLong(header);
  }

  private static byte[] page() {
    try (InputStream in =
        Objects.requireNonNull(RestApi.class.getResourceAsStream("swagger.html"))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
