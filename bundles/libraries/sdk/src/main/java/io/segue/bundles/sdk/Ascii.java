package io.segue.bundles.sdk;

/**
 * Letters of ASCII, by their codes: what a Java knows of other letters changes with its version.
 */
public final class Ascii {
  private Ascii() {}

  /** The text with a to z in place of A to Z; all other characters stay. */
  public static String lowerCase(String text) {
    char[] lower = text.toCharArray();
    for (int i = 0; i < lower.length; i++) {
      if (lower[i] >= 'A' && lower[i] <= 'Z') {
        lower[i] = (char) (lower[i] + ('a' - 'A'));
      }
    }
    return new String(lower);
  }
}
