package io.segue.bundles.store.rocksdb.database;

import java.util.Arrays;
import java.util.zip.CRC32C;

/** Writes numbers (big endian) and byte strings one behind the other. */
public final class Encoder {
  private byte[] bytes;
  private int size;

  public Encoder(int expectedSize) {
    bytes = new byte[Math.max(expectedSize, 16)];
  }

  public Encoder u8(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  public Encoder u32(int value) {
    return u8(value >>> 24).u8(value >>> 16).u8(value >>> 8).u8(value);
  }

  public Encoder u64(long value) {
    return u32((int) (value >>> 32)).u32((int) value);
  }

  /** 7 bits a byte, lowest first. */
  public Encoder varint(int value) {
    int rest = value;
    while (rest >>> 7 != 0) {
      u8(rest & 0x7f | 0x80);
      rest >>>= 7;
    }
    return u8(rest);
  }

  public Encoder raw(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  /** Length as varint, then the bytes. */
  public Encoder string(byte[] value) {
    return varint(value.length).raw(value);
  }

  /** CRC-32C of all that was written so far. */
  public Encoder checksum() {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, size);
    return u32((int) crc.getValue());
  }

  public int size() {
    return size;
  }

  public byte[] toBytes() {
    return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 16L, 2L * size + more));
    }
  }
}
