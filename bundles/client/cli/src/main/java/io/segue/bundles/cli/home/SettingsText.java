package io.segue.bundles.cli.home;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Edits a file of settings in place, so that its comments stay. */
public final class SettingsText {
  private SettingsText() {}

  /** The text with a key's value replaced, or added where it has none. */
  public static String set(String text, String key, String value) {
    Pattern line = Pattern.compile("(?m)^[#\\s]*" + Pattern.quote(key) + "[ \\t]*=.*$");
    String setting = key + " = " + value;
    Matcher matcher = line.matcher(text);
    return matcher.find()
        ? matcher.replaceFirst(Matcher.quoteReplacement(setting))
        : text.stripTrailing() + "\n" + setting + "\n";
  }
}
