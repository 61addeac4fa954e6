package io.segue.bundles.cli.console;

import java.util.Optional;

/** What has to be known of a command line before it is parsed. */
public final class Words {
  private Words() {}

  /** The value of an option, written {@code --name value} or {@code --name=value}. */
  public static Optional<String> option(String name, String... words) {
    for (int i = 0; i < words.length; i++) {
      if (words[i].startsWith(name + "=")) {
        return Optional.of(words[i].substring(name.length() + 1));
      }
      if (words[i].equals(name) && i + 1 < words.length) {
        return Optional.of(words[i + 1]);
      }
    }
    return Optional.empty();
  }
}
