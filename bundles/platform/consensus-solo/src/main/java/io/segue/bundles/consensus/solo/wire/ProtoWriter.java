package io.segue.bundles.consensus.solo.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Writes the protobuf wire format in one pass. Fields that hold their default (0, empty) are left
 * out, as proto3 does; a message that must be present even when empty is written by {@link #begin}
 * and {@link #end}.
 *
 * <p>A nested message is written first and its length put before it afterwards: the room of one
 * byte is kept for the length, and only longer messages are moved. Not thread safe.
 */
public final class ProtoWriter {
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;

  private byte[] buffer;
  private int size;

  public ProtoWriter(int expectedBytes) {
    buffer = new byte[Math.max(16, expectedBytes)];
  }

  /** Number of bytes written so far. */
  public int size() {
    return size;
  }

  /** A copy of what was written. */
  public byte[] toBytes() {
    return Arrays.copyOf(buffer, size);
  }

  /** The bytes behind this writer; valid up to {@link #size} and until the next write. */
  public byte[] buffer() {
    return buffer;
  }

  /** A field of type int64, uint64, uint32, int32 or enum. */
  public ProtoWriter number(int field, long value) {
    if (value != 0) {
      tag(field, VARINT);
      varint(value);
    }
    return this;
  }

  /** A field of type bool. */
  public ProtoWriter flag(int field, boolean value) {
    return number(field, value ? 1 : 0);
  }

  /** A field of type sfixed64. */
  public ProtoWriter fixed64(int field, long value) {
    if (value != 0) {
      tag(field, FIXED64);
      ensure(8);
      for (int i = 0; i < 8; i++) {
        buffer[size++] = (byte) (value >>> (8 * i));
      }
    }
    return this;
  }

  /** A field of type bytes. */
  public ProtoWriter bytes(int field, byte[] value) {
    if (value.length > 0) {
      element(field, value);
    }
    return this;
  }

  /** An element of a repeated field of type bytes; written even when it is empty. */
  public ProtoWriter element(int field, byte[] value) {
    tag(field, DELIMITED);
    varint(value.length);
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  /** A field of type string. */
  public ProtoWriter text(int field, String value) {
    if (!value.isEmpty()) {
      textElement(field, value);
    }
    return this;
  }

  /** An element of a repeated field of type string; written even when it is empty. */
  public ProtoWriter textElement(int field, String value) {
    return element(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A field of type google.protobuf.Timestamp, always present. */
  public ProtoWriter timestamp(int field, Instant time) {
    int mark = begin(field);
    number(1, time.getEpochSecond());
    number(2, time.getNano());
    return end(mark);
  }

  /** Starts a nested message, which is present even if nothing is written into it. */
  public int begin(int field) {
    tag(field, DELIMITED);
    ensure(1);
    size++;
    return size;
  }

  /** Ends the nested message that {@link #begin} started with {@code mark}. */
  public ProtoWriter end(int mark) {
    int length = size - mark;
    int lengthBytes = varintSize(length);
    if (lengthBytes > 1) {
      ensure(lengthBytes - 1);
      System.arraycopy(buffer, mark, buffer, mark + lengthBytes - 1, length);
    }
    size = mark - 1;
    varint(length);
    size += length;
    return this;
  }

  /** Bytes as they are, without tag and length. */
  public ProtoWriter raw(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, buffer, size, value.length);
    size += value.length;
    return this;
  }

  /** A bare unsigned varint. */
  public ProtoWriter varint(long value) {
    ensure(10);
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      buffer[size++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    buffer[size++] = (byte) rest;
    return this;
  }

  /** Number of bytes of {@code value} as a varint. */
  public static int varintSize(long value) {
    return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
  }

  private void tag(int field, int wireType) {
    varint(field << 3 | wireType);
  }

  private void ensure(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
    }
  }
}
