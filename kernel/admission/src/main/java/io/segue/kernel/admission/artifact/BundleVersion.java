package io.segue.kernel.admission.artifact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one way we write a bundle's version: {@code major.minor.micro[.qualifier]}. */
final class BundleVersion {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.(\\d{1,9})(?:\\.([A-Za-z0-9_-]+))?)?)?");

  private BundleVersion() {}

  /** The version in the one form, or empty where the text is no version. */
  static Optional<String> normalise(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String numbers = number(matcher, 1) + "." + number(matcher, 2) + "." + number(matcher, 3);
    String qualifier = matcher.group(4);
    return Optional.of(qualifier == null ? numbers : numbers + "." + qualifier);
  }

  private static int number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
