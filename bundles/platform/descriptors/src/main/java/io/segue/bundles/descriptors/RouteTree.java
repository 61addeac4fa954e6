package io.segue.bundles.descriptors;

import io.segue.bundles.descriptors.HttpRoutes.Match;
import io.segue.bundles.descriptors.PathTemplate.Segment;
import io.segue.bundles.descriptors.PathTemplate.Variable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The templates of one HTTP method, segment by segment. A look-up tries at each segment the
 * literal, then any one, then the rest; it looks at each node at most once, however a path is
 * chosen. Any one may be empty at the end, so that the query itself refuses what was left out.
 */
final class RouteTree {
  private final Map<String, RouteTree> literals = new HashMap<>();
  private final Map<String, HttpRoute> ends = new HashMap<>();
  private final Map<String, HttpRoute> rests = new HashMap<>();
  private @Nullable RouteTree one;

  /** Whether its place was free. */
  boolean add(HttpRoute route) {
    RouteTree node = this;
    String verb = route.template().verb();
    for (Segment segment : route.template().segments()) {
      switch (segment.kind()) {
        case LITERAL ->
            node = node.literals.computeIfAbsent(segment.text(), text -> new RouteTree());
        case ONE -> {
          if (node.one == null) {
            node.one = new RouteTree();
          }
          node = node.one;
        }
        case REST -> {
          return node.rests.putIfAbsent(verb, route) == null;
        }
      }
    }
    return node.ends.putIfAbsent(verb, route) == null;
  }

  /** The route of a path, cut at its slashes and decoded. */
  Optional<Match> find(List<String> segments) {
    String last = segments.get(segments.size() - 1);
    int colon = last.lastIndexOf(':');
    if (colon >= 0) {
      List<String> shorter = new java.util.ArrayList<>(segments);
      shorter.set(segments.size() - 1, last.substring(0, colon));
      HttpRoute withVerb = find(shorter, 0, last.substring(colon + 1));
      if (withVerb != null) {
        return Optional.of(match(withVerb, shorter));
      }
    }
    HttpRoute route = find(segments, 0, "");
    return route == null ? Optional.empty() : Optional.of(match(route, segments));
  }

  private @Nullable HttpRoute find(List<String> segments, int at, String verb) {
    if (at == segments.size()) {
      return ends.get(verb);
    }
    RouteTree literal = literals.get(segments.get(at));
    HttpRoute found = literal == null ? null : literal.find(segments, at + 1, verb);
    boolean filled = !segments.get(at).isEmpty() || at == segments.size() - 1;
    if (found == null && one != null && filled) {
      found = one.find(segments, at + 1, verb);
    }
    return found == null ? rests.get(verb) : found;
  }

  private static Match match(HttpRoute route, List<String> segments) {
    Map<String, String> values = new LinkedHashMap<>();
    PathTemplate template = route.template();
    boolean open =
        template.segments().get(template.segments().size() - 1).kind() == PathTemplate.Kind.REST;
    for (Variable variable : template.variables()) {
      boolean toTheEnd = open && variable.to() == template.segments().size();
      List<String> part =
          segments.subList(variable.from(), toTheEnd ? segments.size() : variable.to());
      values.put(variable.field(), String.join("/", part));
    }
    return new Match(route, values);
  }
}
