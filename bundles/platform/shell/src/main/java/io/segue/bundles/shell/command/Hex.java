package io.segue.bundles.shell.command;

import java.util.HexFormat;

/** Bytes as hex digits. */
public final class Hex {
  private Hex() {}

  public static String of(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** Whether a text is bytes in hex: an even number of digits, at least two. */
  static boolean is(String text) {
    return text.length() % 2 == 0 && text.matches("[0-9a-fA-F]{2,}");
  }

  /**
   * The bytes of a text.
   *
   * @param what it is, for the refusal
   */
  public static byte[] parse(String what, String text) throws CommandException {
    if (!is(text)) {
      throw new CommandException(what + " is hex digits, two a byte, not " + text);
    }
    return HexFormat.of().parseHex(text);
  }
}
