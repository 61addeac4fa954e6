package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.JsonParts;
import io.segue.bundles.sdk.JsonParts.Part;

/** Numbers of a fixed number of bytes, big endian. */
enum NumberKey implements KeyCodec<Long> {
  U32(Integer.BYTES),
  U64(Long.BYTES),
  I64(Long.BYTES);

  private static final long MAX_U32 = 0xffff_ffffL;

  private final int size;

  NumberKey(int size) {
    this.size = size;
  }

  @Override
  public int size(Long key) {
    if (this == U32 && (key < 0 || key > MAX_U32)) {
      throw new IllegalArgumentException(
          key + " is no key of 4 bytes, those are from 0 to " + MAX_U32);
    }
    return size;
  }

  @Override
  public int write(Long key, byte[] into, int at) {
    long bits = flipped(key);
    for (int i = size - 1; i >= 0; i--) {
      into[at + i] = (byte) bits;
      bits >>>= Byte.SIZE;
    }
    return at + size;
  }

  @Override
  public Long read(KeyReader in) {
    return flipped(in.number(size));
  }

  @Override
  public boolean endsItself() {
    return true;
  }

  @Override
  public String json(Long key) {
    return Json.string(this == I64 ? Long.toString(key) : Long.toUnsignedString(key));
  }

  @Override
  public Long ofJson(Part json) {
    String text = JsonParts.string(json);
    return this == I64 ? Long.parseLong(text) : Long.parseUnsignedLong(text);
  }

  /** With the sign turned round, so that negative numbers come first. */
  private long flipped(long number) {
    return this == I64 ? number ^ Long.MIN_VALUE : number;
  }
}
