package io.segue.bundles.sdk;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Cuts JSON text into its parts without building a tree, so that a list of a million entries costs
 * the memory of one. What a part holds is for a parser to check; this only finds where it ends.
 */
public final class JsonParts {
  /** Deepest nesting of arrays and objects. */
  public static final int MAX_DEPTH = 100;

  private final byte[] text;
  private int position;
  private int depth;

  private JsonParts(byte[] text, int from) {
    this.text = text;
    this.position = from;
  }

  /** A value within a larger text, in UTF-8. */
  public record Part(byte[] text, int from, int to) {
    /** The value alone. */
    public String json() {
      return new String(text, from, to - from, StandardCharsets.UTF_8);
    }
  }

  /**
   * The members of the object that {@code json} is.
   *
   * @throws IllegalArgumentException where it is no object, or repeats a member; names the place
   */
  public static Map<String, Part> members(byte[] json) {
    return members(new Part(json, 0, json.length));
  }

  /** As {@link #members(byte[])}, of a part. */
  public static Map<String, Part> members(Part object) {
    JsonParts parts = new JsonParts(object.text(), object.from());
    Map<String, Part> members = new LinkedHashMap<>();
    parts.expect('{');
    if (!parts.accept('}')) {
      do {
        String name = parts.name();
        parts.expect(':');
        if (members.put(name, parts.value()) != null) {
          throw parts.refused("member \"" + name + "\" stands twice");
        }
      } while (parts.accept(','));
      parts.expect('}');
    }
    return members;
  }

  /**
   * As {@link #members(byte[])}, of a text that has nothing behind the object.
   *
   * @throws IllegalArgumentException as {@link #members(byte[])}, and where something follows
   */
  public static Map<String, Part> document(byte[] json) {
    JsonParts parts = new JsonParts(json, 0);
    Part value = parts.value();
    parts.skipSpace();
    if (parts.position < json.length) {
      throw parts.refused("something follows the object");
    }
    return members(value);
  }

  /**
   * Passes where a JSON text is nested no deeper than {@link #MAX_DEPTH}.
   *
   * @throws IllegalArgumentException where it is, or is no JSON; names the place
   */
  public static void requireDepth(byte[] json) {
    new JsonParts(json, 0).value();
  }

  /**
   * Calls {@code visitor} with each element of the array that {@code array} is, in order.
   *
   * @throws IllegalArgumentException where it is no array; names the place
   */
  public static void elements(Part array, Consumer<Part> visitor) {
    JsonParts parts = new JsonParts(array.text(), array.from());
    parts.expect('[');
    if (!parts.accept(']')) {
      do {
        visitor.accept(parts.value());
      } while (parts.accept(','));
      parts.expect(']');
    }
  }

  /**
   * The text of the string that {@code part} is.
   *
   * @throws IllegalArgumentException where it is no string; names the place
   */
  public static String string(Part part) {
    JsonParts parts = new JsonParts(part.text(), part.from());
    parts.skipString();
    return parts.unescaped(part.from() + 1, parts.position - 1);
  }

  /**
   * The number that {@code part} is, as JSON number or as string; unsigned 64 bits.
   *
   * @throws IllegalArgumentException where it is neither; names the place
   */
  public static long unsigned(Part part) {
    String digits = part.text()[part.from()] == '"' ? string(part) : part.json();
    try {
      return Long.parseUnsignedLong(digits);
    } catch (NumberFormatException e) {
      throw new JsonParts(part.text(), part.from()).refused("expected a number from 0 to 2^64-1");
    }
  }

  private String unescaped(int from, int to) {
    String raw = new String(text, from, to - from, StandardCharsets.UTF_8);
    if (raw.indexOf('\\') < 0) {
      return raw;
    }
    StringBuilder plain = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '\\') {
        i++;
        if (raw.charAt(i) == 'u') {
          plain.append((char) hexadecimal(raw, i + 1));
          i += 4;
        } else {
          plain.append(escaped(raw.charAt(i)));
        }
      } else {
        plain.append(c);
      }
    }
    return plain.toString();
  }

  private int hexadecimal(String raw, int from) {
    try {
      return Integer.parseInt(raw.substring(from, from + 4), 16);
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw refused("a \\u escape needs four hexadecimal digits");
    }
  }

  private char escaped(char c) {
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> throw refused("'" + c + "' can't be escaped");
    };
  }

  private Part value() {
    skipSpace();
    int from = position;
    skipValue();
    return new Part(text, from, position);
  }

  private void skipValue() {
    skipSpace();
    switch (peek()) {
      case '{', '[' -> skipNested();
      case '"' -> skipString();
      default -> skipLiteral();
    }
  }

  private void skipNested() {
    if (++depth > MAX_DEPTH) {
      throw refused("nested deeper than " + MAX_DEPTH);
    }
    boolean object = text[position++] == '{';
    char end = object ? '}' : ']';
    if (!accept(end)) {
      do {
        if (object) {
          skipSpace();
          skipString();
          expect(':');
        }
        skipValue();
      } while (accept(','));
      expect(end);
    }
    depth--;
  }

  private String name() {
    skipSpace();
    int from = position;
    skipString();
    return new String(text, from + 1, position - from - 2, StandardCharsets.UTF_8);
  }

  private void skipString() {
    if (peek() != '"') {
      throw refused("expected a string");
    }
    for (int i = position + 1; i < text.length; i++) {
      if (text[i] == '\\') {
        i++;
      } else if (text[i] == '"') {
        position = i + 1;
        return;
      }
    }
    throw refused("a string does not end");
  }

  private void skipLiteral() {
    int from = position;
    while (position < text.length && isLiteral(text[position])) {
      position++;
    }
    if (position == from) {
      throw refused("expected a value");
    }
  }

  private static boolean isLiteral(byte b) {
    return b >= '0' && b <= '9'
        || b >= 'a' && b <= 'z'
        || b == 'E'
        || b == '-'
        || b == '+'
        || b == '.';
  }

  private boolean accept(char wanted) {
    skipSpace();
    if (position < text.length && text[position] == wanted) {
      position++;
      return true;
    }
    return false;
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw refused("expected '" + wanted + "'");
    }
  }

  private int peek() {
    return position < text.length ? text[position] : -1;
  }

  private void skipSpace() {
    while (position < text.length
        && (text[position] == ' '
            || text[position] == '\n'
            || text[position] == '\r'
            || text[position] == '\t')) {
      position++;
    }
  }

  private IllegalArgumentException refused(String reason) {
    return new IllegalArgumentException("JSON at byte " + position + ": " + reason);
  }
}
