package io.segue.bundles.consensus.solo.wire;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;

/**
 * Reads the protobuf wire format from a part of a byte array. A reader walks over fields with
 * {@link #next}; the field must then be read by the method of its type, or skipped. Not thread
 * safe.
 */
public final class ProtoReader {
  private final byte[] source;
  private final int end;
  private int position;
  private int wireType;

  public ProtoReader(byte[] source) {
    this(source, 0, source.length);
  }

  /** Reads {@code source} from {@code start} (inclusive) to {@code end} (exclusive). */
  public ProtoReader(byte[] source, int start, int end) {
    this.source = source;
    this.position = start;
    this.end = end;
  }

  /** Moves to the next field and returns its number; 0 at the end. */
  public int next() {
    if (position >= end) {
      return 0;
    }
    int tag = (int) varint();
    wireType = tag & 7;
    return tag >>> 3;
  }

  /** A field of type int64, uint64 or enum. */
  public long number() {
    expect(0);
    return varint();
  }

  /** A field of type bytes. */
  public byte[] bytes() {
    int length = length();
    byte[] value = Arrays.copyOfRange(source, position, position + length);
    position += length;
    return value;
  }

  /** A field of type string. */
  public String text() {
    int length = length();
    String value = new String(source, position, length, StandardCharsets.UTF_8);
    position += length;
    return value;
  }

  /** A nested message. */
  public ProtoReader message() {
    int length = length();
    ProtoReader nested = new ProtoReader(source, position, position + length);
    position += length;
    return nested;
  }

  /** A google.protobuf.Timestamp. */
  public Instant timestamp() {
    ProtoReader in = message();
    long seconds = 0;
    long nanos = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> seconds = in.number();
        case 2 -> nanos = in.number();
        default -> in.skip();
      }
    }
    try {
      return Instant.ofEpochSecond(seconds, nanos);
    } catch (DateTimeException | ArithmeticException e) {
      throw new IllegalArgumentException("a time of " + seconds + " s is out of range", e);
    }
  }

  /** Passes over the field. */
  public void skip() {
    switch (wireType) {
      case 0 -> varint();
      case 1 -> advance(8);
      case 2 -> advance(length());
      case 5 -> advance(4);
      default -> throw new IllegalArgumentException("wire type " + wireType + " is not known");
    }
  }

  private int length() {
    expect(2);
    long length = varint();
    if (length < 0 || length > end - position) {
      throw new IllegalArgumentException("a field of " + length + " bytes passes the end");
    }
    return (int) length;
  }

  private void advance(int bytes) {
    if (bytes > end - position) {
      throw new IllegalArgumentException("a field of " + bytes + " bytes passes the end");
    }
    position += bytes;
  }

  private void expect(int type) {
    if (wireType != type) {
      throw new IllegalArgumentException("wire type " + wireType + " instead of " + type);
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (position >= end) {
        throw new IllegalArgumentException("a number passes the end");
      }
      byte b = source[position++];
      value |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number of more than 10 bytes");
  }
}
