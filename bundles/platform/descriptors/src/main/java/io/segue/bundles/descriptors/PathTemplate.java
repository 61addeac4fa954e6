package io.segue.bundles.descriptors;

import java.util.ArrayList;
import java.util.List;

/**
 * A path with variables, as {@code google.api.http} writes it: {@code /a/{b}/c}, {@code /a/{b=**}},
 * {@code /a/{b=c/*}/d:verb}.
 *
 * @param segments what the segments of a path have to be
 * @param variables the fields that the path fills
 * @param verb what follows the last segment behind a colon; empty for nothing
 */
record PathTemplate(String text, List<Segment> segments, List<Variable> variables, String verb) {
  PathTemplate {
    segments = List.copyOf(segments);
    variables = List.copyOf(variables);
  }

  /** What a segment has to be. */
  enum Kind {
    LITERAL,
    ONE,
    REST
  }

  /** A segment; the text is that of a literal. */
  record Segment(Kind kind, String text) {}

  /**
   * A variable.
   *
   * @param field path of the field in the request message
   * @param from first of its segments
   * @param to behind its last one; counts only where none of them is the rest of the path
   */
  record Variable(String field, int from, int to) {}

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException where it is malformed
   */
  static PathTemplate parse(String text) {
    if (!text.startsWith("/")) {
      throw refused(text, "it does not begin with a slash");
    }
    int verbAt = text.indexOf(':', Math.max(text.lastIndexOf('/'), text.lastIndexOf('}')));
    String verb = verbAt < 0 ? "" : text.substring(verbAt + 1);
    String path = text.substring(1, verbAt < 0 ? text.length() : verbAt);
    List<Segment> segments = new ArrayList<>();
    List<Variable> variables = new ArrayList<>();
    int at = 0;
    while (at <= path.length()) {
      int end;
      if (at < path.length() && path.charAt(at) == '{') {
        int close = path.indexOf('}', at);
        if (close < 0) {
          throw refused(text, "a variable does not end");
        }
        int from = segments.size();
        String variable = path.substring(at + 1, close);
        int equals = variable.indexOf('=');
        String pattern = equals < 0 ? "*" : variable.substring(equals + 1);
        for (String part : pattern.split("/", -1)) {
          segments.add(segment(text, part));
        }
        variables.add(
            new Variable(
                equals < 0 ? variable : variable.substring(0, equals), from, segments.size()));
        end = close + 1;
        if (end < path.length() && path.charAt(end) != '/') {
          throw refused(text, "a variable is no whole segment");
        }
      } else {
        int slash = path.indexOf('/', at);
        end = slash < 0 ? path.length() : slash;
        segments.add(segment(text, path.substring(at, end)));
      }
      at = end + 1;
    }
    requireRestAtTheEnd(text, segments);
    return new PathTemplate(text, segments, variables, verb);
  }

  @Override
  public String toString() {
    return text;
  }

  private static void requireRestAtTheEnd(String text, List<Segment> segments) {
    for (Segment segment : segments.subList(0, segments.size() - 1)) {
      if (segment.kind() == Kind.REST) {
        throw refused(text, "** is not its last segment");
      }
    }
  }

  private static Segment segment(String text, String part) {
    if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
      throw refused(text, "a brace stands within a segment");
    }
    return switch (part) {
      case "*" -> new Segment(Kind.ONE, "");
      case "**" -> new Segment(Kind.REST, "");
      default -> new Segment(Kind.LITERAL, part);
    };
  }

  private static IllegalArgumentException refused(String text, String why) {
    return new IllegalArgumentException("the path " + text + " is no template: " + why);
  }
}
