package io.segue.bundles.sdk.amino;

/** JSON as Go writes it, growing up to a limit. Not thread-safe. */
final class JsonText {
  /** Most characters of a document. */
  static final int MAX_CHARS = 2 << 20;

  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(512);
  private final boolean escapeSeparators;

  /**
   * An empty text.
   *
   * @param escapeSeparators whether U+2028 and U+2029 are escaped, as Go does; JavaScript does not
   */
  JsonText(boolean escapeSeparators) {
    this.escapeSeparators = escapeSeparators;
  }

  /** Adds what is JSON already. */
  JsonText raw(String json) {
    require(json.length());
    out.append(json);
    return this;
  }

  /** Adds a string with its quotes. */
  JsonText text(String text) {
    require(text.length());
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      character(text.charAt(i));
    }
    out.append('"');
    require(0);
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void character(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\b' -> out.append("\\b");
      case '\f' -> out.append("\\f");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      case '<', '>', '&' -> escaped(c);
      case '\u2028', '\u2029' -> {
        if (escapeSeparators) {
          escaped(c);
        } else {
          out.append(c);
        }
      }
      default -> {
        if (c < ' ') {
          escaped(c);
        } else {
          out.append(c);
        }
      }
    }
  }

  private void escaped(char c) {
    out.append("\\u");
    for (int shift = 12; shift >= 0; shift -= 4) {
      out.append(HEX.charAt(c >> shift & 0xf));
    }
  }

  private void require(int more) {
    if (out.length() + more > MAX_CHARS) {
      throw new IllegalArgumentException(
          "the document is longer than " + MAX_CHARS + " characters: sign in SIGN_MODE_DIRECT");
    }
  }
}
