package io.segue.bundles.sdk.state;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** What the keys of a collection begin with. Immutable. */
public final class Prefix {
  private static final int MAX = 255;

  private final byte[] bytes;

  private Prefix(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * One byte.
   *
   * @param value from 0 to 255
   */
  public static Prefix of(int value) {
    if (value < 0 || value > MAX) {
      throw new IllegalArgumentException(value + " is no prefix, it must be from 0 to " + MAX);
    }
    return new Prefix(new byte[] {(byte) value});
  }

  /**
   * ASCII characters.
   *
   * @param text not empty
   */
  public static Prefix of(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a prefix is empty, but it has to tell collections apart");
    }
    return new Prefix(text.getBytes(US_ASCII));
  }

  byte[] bytes() {
    return bytes;
  }

  /** Whether keys under the one could be taken for keys under the other. */
  static boolean overlap(byte[] one, byte[] other) {
    int length = Math.min(one.length, other.length);
    return Arrays.equals(one, 0, length, other, 0, length);
  }

  @Override
  public String toString() {
    return Json.hex(bytes);
  }
}
