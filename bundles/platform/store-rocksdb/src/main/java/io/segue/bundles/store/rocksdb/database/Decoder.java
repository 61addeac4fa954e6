package io.segue.bundles.store.rocksdb.database;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Reads what {@link Encoder} wrote. */
public final class Decoder {
  private final String what;
  private final byte[] bytes;
  private final int end;
  private int position;

  /**
   * @param what names the row in errors
   * @throws DamagedStoreException where the checksum at the end is not that of the bytes
   */
  public Decoder(String what, byte[] bytes) {
    this.what = what;
    this.bytes = bytes;
    this.end = bytes.length - Integer.BYTES;
    if (end < 0) {
      throw new DamagedStoreException(what + " is cut off");
    }
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, end);
    int stored =
        (bytes[end] & 0xff) << 24
            | (bytes[end + 1] & 0xff) << 16
            | (bytes[end + 2] & 0xff) << 8
            | bytes[end + 3] & 0xff;
    if (stored != (int) crc.getValue()) {
      throw new DamagedStoreException(what + " has a wrong checksum");
    }
  }

  public int u8() {
    return bytes[skip(1)] & 0xff;
  }

  public int u32() {
    return u8() << 24 | u8() << 16 | u8() << 8 | u8();
  }

  public long u64() {
    return (long) u32() << 32 | u32() & 0xffffffffL;
  }

  public int varint() {
    int value = 0;
    for (int shift = 0; shift < Integer.SIZE; shift += 7) {
      int next = u8();
      value |= (next & 0x7f) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedStoreException(what + " has a number that is too long");
  }

  public byte[] raw(int length) {
    byte[] value = new byte[length];
    System.arraycopy(bytes, skip(length), value, 0, length);
    return value;
  }

  public byte[] string() {
    return raw(varint());
  }

  public String text() {
    return new String(string(), StandardCharsets.UTF_8);
  }

  public int position() {
    return position;
  }

  /** Moves on and returns where it was. */
  public int skip(int length) {
    if (length < 0 || length > end - position) {
      throw new DamagedStoreException(what + " ends too early");
    }
    int start = position;
    position += length;
    return start;
  }
}
