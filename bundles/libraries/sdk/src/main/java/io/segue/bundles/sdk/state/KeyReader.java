package io.segue.bundles.sdk.state;

import java.util.Arrays;

/** A position in the bytes of a key. Every method moves it, and throws where too few are left. */
public final class KeyReader {
  private final byte[] bytes;
  private int at;

  KeyReader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** How many bytes are left. */
  public int left() {
    return bytes.length - at;
  }

  /**
   * The next byte, from 0 to 255.
   *
   * @throws IllegalStateException where there is none: the store is damaged
   */
  public int next() {
    require(1);
    return bytes[at++] & 0xff;
  }

  /** The next bytes. */
  public byte[] take(int count) {
    require(count);
    at += count;
    return Arrays.copyOfRange(bytes, at - count, at);
  }

  /** The next {@code size} bytes as a number, big endian; from 1 to 8 of them. */
  public long number(int size) {
    require(size);
    long number = 0;
    for (int end = at + size; at < end; at++) {
      number = number << 8 | bytes[at] & 0xff;
    }
    return number;
  }

  /** How many bytes stand before the next one of this value. */
  int until(int value) {
    for (int i = at; i < bytes.length; i++) {
      if ((bytes[i] & 0xff) == value) {
        return i - at;
      }
    }
    throw damaged();
  }

  /** Passes where nothing is left. */
  void requireEnd() {
    if (at != bytes.length) {
      throw damaged();
    }
  }

  private void require(int count) {
    if (left() < count) {
      throw damaged();
    }
  }

  private IllegalStateException damaged() {
    return new IllegalStateException(
        "a stored key does not end where it should: " + Json.hex(bytes));
  }
}
