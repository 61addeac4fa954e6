package io.segue.bundles.auth.format;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;

/**
 * Reads protobuf's encoding piece by piece. Every method throws sdk/2 where the bytes end early.
 */
final class WireReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int LENGTH = 2;
  static final int FIXED32 = 5;

  private static final int MAX_VARINT_BYTES = 10;

  private final byte[] bytes;
  private final int end;
  private int position;

  WireReader(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.position = from;
    this.end = to;
  }

  /** Bytes that the shortest varint of a value takes. */
  static int varintSize(int value) {
    return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
  }

  boolean hasMore() {
    return position < end;
  }

  int position() {
    return position;
  }

  /** The next varint, as 64 bits. */
  long varint() {
    if (position < end && bytes[position] >= 0) {
      return bytes[position++];
    }
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      if (position == end) {
        throw truncated();
      }
      byte b = bytes[position++];
      value |= (b & 0x7fL) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw SdkErrors.txDecode("a varint has more than " + MAX_VARINT_BYTES + " bytes");
  }

  /** The next length; what it measures lies within the bytes. */
  int length() {
    long length = varint();
    if (length < 0 || length > end - position) {
      throw truncated();
    }
    return (int) length;
  }

  void skip(int length) {
    if (length > end - position) {
      throw truncated();
    }
    position += length;
  }

  /**
   * Passes over the value of a field that nobody knows.
   *
   * @throws ModuleException sdk/2 for groups, which proto3 does not have
   */
  void skipValue(int wireType) {
    switch (wireType) {
      case VARINT -> varint();
      case FIXED64 -> skip(8);
      case LENGTH -> skip(length());
      case FIXED32 -> skip(4);
      default -> throw SdkErrors.txDecode("wire type " + wireType + " is not allowed");
    }
  }

  private static ModuleException truncated() {
    return SdkErrors.txDecode("unexpected EOF");
  }
}
