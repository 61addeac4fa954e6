package io.segue.kernel.admission.code;

import java.util.regex.Pattern;

/**
 * Whether a format writes whole numbers, texts and characters only, each with a width at most:
 * fractions, dates, hashes and what depends on the machine are out.
 */
final class FormatText {
  private static final Pattern PLAIN =
      Pattern.compile("([^%]|%(\\d+\\$)?[-0]?\\d*[dsxc]|%%)*+", Pattern.DOTALL);

  private FormatText() {}

  static boolean isPlain(String format) {
    return PLAIN.matcher(format).matches();
  }
}
