package io.segue.kernel.admission.code;

/**
 * Whether a regular expression means the same on each version of Java, and needs a stack that does
 * not grow with the text: what asks for tables of characters ({@code \p}, {@code \b}, {@code \X},
 * {@code \h}, {@code \R}) is out, as are flags and look-around ({@code (?}), references to groups,
 * and a repetition of a group, for which Java calls itself once for each, and may try each way to
 * divide the text.
 */
final class RegularExpression {
  /** Most characters: Java calls itself for each part of an expression. */
  private static final int MAX_LENGTH = 1024;

  /**
   * Letters and digits that may stand behind a backslash; other characters stand for themselves.
   */
  private static final String ESCAPES = "dDsSwWtnrf";

  private RegularExpression() {}

  static boolean isSafe(String pattern) {
    boolean closed = false;
    int inClass = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean wasClosed = closed;
      closed = inClass == 0 && c == ')';
      if (c == '\\') {
        i++;
        if (i == pattern.length() || !isEscape(pattern.charAt(i))) {
          return false;
        }
      } else if (c == '[') {
        inClass++;
      } else if (c == ']' && inClass > 0) {
        inClass--;
      } else if (inClass == 0 && (wasClosed && isRepetition(c) || pattern.startsWith("(?", i))) {
        return false;
      }
    }
    return pattern.length() <= MAX_LENGTH;
  }

  private static boolean isRepetition(char c) {
    return c == '*' || c == '+' || c == '{';
  }

  private static boolean isEscape(char c) {
    boolean letterOrDigit = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return letterOrDigit ? ESCAPES.indexOf(c) >= 0 : c < 0x80;
  }
}
