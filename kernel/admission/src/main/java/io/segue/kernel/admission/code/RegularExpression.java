package io.segue.kernel.admission.code;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Whether a regular expression means the same on each version of Java, and ends soon: what asks for
 * tables of characters ({@code \p}, {@code \b}, {@code \X}, {@code \h}, {@code \R}) is out, as are
 * flags and look-around ({@code (?}), references to groups, and a repetition of what repeats, such
 * as {@code (a+)+}.
 */
final class RegularExpression {
  /**
   * Letters and digits that may stand behind a backslash; other characters stand for themselves.
   */
  private static final String ESCAPES = "dDsSwWtnrf";

  private RegularExpression() {}

  static boolean isSafe(String pattern) {
    Deque<Boolean> groups = new ArrayDeque<>();
    boolean repeats = false;
    boolean wasGroup = false;
    int inClass = 0;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      boolean closed = wasGroup;
      wasGroup = false;
      if (c == '\\') {
        i++;
        if (i == pattern.length() || !isEscape(pattern.charAt(i))) {
          return false;
        }
      } else if (c == '[') {
        inClass++;
      } else if (c == ']' && inClass > 0) {
        inClass--;
      } else if (inClass == 0 && c == '(') {
        if (i + 1 < pattern.length() && pattern.charAt(i + 1) == '?') {
          return false;
        }
        groups.push(repeats);
        repeats = false;
      } else if (inClass == 0 && c == ')' && !groups.isEmpty()) {
        wasGroup = repeats;
        repeats |= groups.pop();
      } else if (inClass == 0 && (c == '*' || c == '+' || c == '{')) {
        if (closed) {
          return false;
        }
        repeats = true;
      }
    }
    return true;
  }

  private static boolean isEscape(char c) {
    boolean letterOrDigit = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    return letterOrDigit ? ESCAPES.indexOf(c) >= 0 : c < 0x80;
  }
}
