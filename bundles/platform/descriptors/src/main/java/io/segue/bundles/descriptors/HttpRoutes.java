package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.MethodDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The queries of a generation by their HTTP paths, as their {@code google.api.http} options say.
 * Where several templates match a path the one counts that names more of it, segment by segment.
 *
 * <p>Immutable; any thread.
 */
public final class HttpRoutes {
  /** Longest path that is looked at, in segments. */
  static final int MAX_SEGMENTS = 64;

  private static final Logger LOG = LoggerFactory.getLogger(HttpRoutes.class);

  private final List<HttpRoute> all = new ArrayList<>();
  private final Map<String, RouteTree> byMethod = new HashMap<>();

  HttpRoutes(Map<String, MethodDescriptor> queries) {
    queries.forEach(
        (path, method) -> {
          for (HttpRule rule : HttpRule.of(method)) {
            try {
              add(HttpRoute.of(path, method, rule));
            } catch (IllegalArgumentException e) {
              LOG.warn("A route of {} is not served: {}", path, e.getMessage());
            }
          }
        });
  }

  /** A route that matches a path, with the parts of the path that the template names. */
  public record Match(HttpRoute route, Map<String, String> variables) {}

  /** All routes, by path of the query. */
  public List<HttpRoute> all() {
    return List.copyOf(all);
  }

  /**
   * Finds the route of a request.
   *
   * @param httpMethod such as {@code GET}
   * @param path as the client sent it, without query parameters; parts of it are decoded after it
   *     is cut at its slashes
   * @throws IllegalArgumentException where the path is not percent-encoded UTF-8
   */
  public Optional<Match> find(String httpMethod, String path) {
    RouteTree tree = byMethod.get(httpMethod);
    Optional<List<String>> segments = segments(path);
    return tree == null || segments.isEmpty() ? Optional.empty() : tree.find(segments.get());
  }

  /** Whether a path has a route, by whatever method. */
  public boolean knows(String path) {
    return byMethod.keySet().stream().anyMatch(method -> find(method, path).isPresent());
  }

  private void add(HttpRoute route) {
    RouteTree tree = byMethod.computeIfAbsent(route.httpMethod(), method -> new RouteTree());
    if (tree.add(route)) {
      all.add(route);
    } else {
      LOG.warn("{} of {} has another query", route.template(), route.path());
    }
  }

  /** Empty where a path has more of them than any route. */
  private static Optional<List<String>> segments(String path) {
    List<String> segments = new ArrayList<>();
    int from = path.startsWith("/") ? 1 : 0;
    while (from <= path.length()) {
      int end = path.indexOf('/', from);
      int to = end < 0 ? path.length() : end;
      if (segments.size() == MAX_SEGMENTS) {
        return Optional.empty();
      }
      segments.add(PercentEncoding.decode(path.substring(from, to), false));
      from = to + 1;
    }
    return Optional.of(segments);
  }
}
