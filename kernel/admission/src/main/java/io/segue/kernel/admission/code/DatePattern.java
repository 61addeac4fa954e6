package io.segue.kernel.admission.code;

/**
 * Whether a pattern of {@code DateTimeFormatter} writes digits only: names of days, months, eras
 * and zones, and what a week is, come from tables that change with Java.
 */
final class DatePattern {
  private static final String DIGITS = "uydDHmsSnANX";
  private static final String MONTH = "M";

  private DatePattern() {}

  static boolean isNumeric(String pattern) {
    boolean quoted = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      quoted ^= c == '\'';
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!quoted && letter && DIGITS.indexOf(c) < 0 && !isShortMonth(pattern, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isShortMonth(String pattern, int at) {
    return pattern.startsWith(MONTH, at) && !pattern.contains("MMM");
  }
}
