package io.segue.bundles.descriptors;

import java.util.regex.Pattern;

/**
 * The two texts of a decimal: with a point in JSON, and on the wire as an integer, times 10^18.
 * Only digits are moved; how large a number may be is for its module to say.
 */
final class DecimalText {
  private static final int DIGITS = 18;
  private static final Pattern SCALED = Pattern.compile("-?[0-9]+");
  private static final Pattern POINTED = Pattern.compile("-?[0-9]+(\\.[0-9]{1,18})?");

  private DecimalText() {}

  /**
   * The text with a point; that of 0 for an empty text, and the text itself where it is no number.
   */
  static String pointed(String scaled) {
    if (!scaled.isEmpty() && !SCALED.matcher(scaled).matches()) {
      return scaled;
    }
    boolean negative = scaled.startsWith("-");
    String digits = negative ? scaled.substring(1) : scaled;
    String padded = "0".repeat(Math.max(0, DIGITS + 1 - digits.length())) + digits;
    int point = padded.length() - DIGITS;
    return (negative ? "-" : "") + padded.substring(0, point) + "." + padded.substring(point);
  }

  /**
   * The text for the wire.
   *
   * @throws IllegalArgumentException where it is no decimal of up to 18 digits behind the point
   */
  static String scaled(String pointed) {
    if (!POINTED.matcher(pointed).matches()) {
      throw new IllegalArgumentException(
          "expected a decimal with at most " + DIGITS + " digits behind the point");
    }
    boolean negative = pointed.startsWith("-");
    String plain = negative ? pointed.substring(1) : pointed;
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    String fraction = point < 0 ? "" : plain.substring(point + 1);
    String digits = whole + fraction + "0".repeat(DIGITS - fraction.length());
    int first = 0;
    while (first < digits.length() - 1 && digits.charAt(first) == '0') {
      first++;
    }
    String number = digits.substring(first);
    return (negative && !number.equals("0") ? "-" : "") + number;
  }
}
