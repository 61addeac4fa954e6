package io.segue.bundles.cli.console;

import io.segue.bundles.sdk.Coins;

/** Coins as a user types them. */
public final class CoinsText {
  private CoinsText() {}

  /**
   * Parses {@code 7stake,3ufee}.
   *
   * @param what the option or argument, for the refusal
   * @throws CliException where it is malformed
   */
  public static Coins parse(String what, String text) {
    try {
      return Coins.parse(text);
    } catch (RuntimeException e) {
      throw new CliException(
          what
              + " '"
              + text
              + "' is refused: "
              + e.getMessage()
              + "; write an amount and a denomination, as 7stake or 7stake,3ufee",
          e);
    }
  }
}
