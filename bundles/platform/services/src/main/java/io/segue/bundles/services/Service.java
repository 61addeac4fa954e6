package io.segue.bundles.services;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.sdk.Proto;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The queries of one protobuf service, collected. */
final class Service {
  private final String prefix;
  private final Map<String, NodeQuery> queries = new HashMap<>();

  /**
   * A service without queries.
   *
   * @param name such as {@code cosmos.tx.v1beta1.Service}
   */
  Service(String name) {
    prefix = "/" + name + "/";
  }

  /** Answers a method at a height. */
  @FunctionalInterface
  interface Method<T> {
    Message answer(long height, T request);
  }

  /** Adds a method whose answer does not depend on the height. */
  <T> Service add(String method, Parser<T> parser, Function<T, Message> answer) {
    return addAt(method, parser, (height, request) -> answer.apply(request));
  }

  /** Adds a method. */
  <T> Service addAt(String method, Parser<T> parser, Method<T> answer) {
    queries.put(
        prefix + method,
        (height, bytes) -> {
          try {
            return answer.answer(height, Proto.request(parser, bytes)).toByteArray();
          } catch (UnavailableException e) {
            throw new QueryException(Status.Unavailable, String.valueOf(e.getMessage()));
          }
        });
    return this;
  }

  /** The queries by path. */
  Map<String, NodeQuery> queries() {
    return queries;
  }
}
