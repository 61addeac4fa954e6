package io.segue.kernel.core.plan;

import io.segue.kernel.api.upgrade.Plan;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A plan as bytes: the protobuf message {@code cosmos.upgrade.v1beta1.Plan} with the fields name
 * (1), height (3) and info (4), in this order, left out where they hold their default. Other fields
 * are skipped.
 */
final class PlanCodec {
  private static final int NAME = 1;
  private static final int HEIGHT = 3;
  private static final int INFO = 4;

  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED32 = 5;

  private PlanCodec() {}

  static byte[] encode(Plan plan) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeText(out, NAME, plan.name());
    if (plan.height() != 0) {
      writeVarint(out, HEIGHT << 3 | VARINT);
      writeVarint(out, plan.height());
    }
    writeText(out, INFO, plan.info());
    return out.toByteArray();
  }

  static Plan decode(byte[] bytes) {
    Reader reader = new Reader(bytes);
    String name = "";
    long height = 0;
    String info = "";
    while (reader.hasMore()) {
      int tag = (int) reader.varint();
      if (tag == (NAME << 3 | BYTES)) {
        name = reader.text();
      } else if (tag == (HEIGHT << 3 | VARINT)) {
        height = reader.varint();
      } else if (tag == (INFO << 3 | BYTES)) {
        info = reader.text();
      } else {
        reader.skip(tag & 7);
      }
    }
    return new Plan(name, height, info);
  }

  private static void writeText(ByteArrayOutputStream out, int field, String text) {
    if (!text.isEmpty()) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      writeVarint(out, field << 3 | BYTES);
      writeVarint(out, utf8.length);
      out.writeBytes(utf8);
    }
  }

  private static void writeVarint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) (rest & 0x7f | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** Reads the wire format; throws where the stored bytes are no protobuf message. */
  private static final class Reader {
    private static final int VARINT_BITS = 64;

    private final byte[] bytes;
    private int at;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasMore() {
      return at < bytes.length;
    }

    long varint() {
      long value = 0;
      for (int shift = 0; shift < VARINT_BITS; shift += 7) {
        if (at >= bytes.length) {
          throw corrupt();
        }
        byte next = bytes[at++];
        value |= (long) (next & 0x7f) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw corrupt();
    }

    String text() {
      int length = length();
      String text = new String(bytes, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }

    void skip(int wireType) {
      switch (wireType) {
        case VARINT -> varint();
        case FIXED64 -> advance(Long.BYTES);
        case BYTES -> advance(length());
        case FIXED32 -> advance(Integer.BYTES);
        default -> throw corrupt();
      }
    }

    private int length() {
      long length = varint();
      if (length < 0 || length > bytes.length - at) {
        throw corrupt();
      }
      return (int) length;
    }

    private void advance(int count) {
      if (count > bytes.length - at) {
        throw corrupt();
      }
      at += count;
    }

    private IllegalStateException corrupt() {
      return new IllegalStateException("the plan in store upgrade is broken at byte " + at);
    }
  }
}
