package io.segue.bundles.auth.format;

import io.segue.bundles.auth.format.WireType.Field;
import io.segue.bundles.auth.format.WireType.Kind;
import java.io.ByteArrayOutputStream;
import java.util.Objects;

/**
 * A message without the fields that its type does not have, at any depth and through every Any: the
 * chain tolerates them in a body, but nobody pays for keeping them, and an export could not say
 * them. Takes only what {@link WireCheck} let pass; all else keeps its bytes.
 */
final class KnownFields {
  private static final int ANY_TYPE_URL = 1;
  private static final int ANY_VALUE = 2;

  private final byte[] bytes;
  private final WireTypes types;

  private KnownFields(byte[] bytes, WireTypes types) {
    this.bytes = bytes;
    this.types = types;
  }

  /** The message with what {@code types} knows of it. */
  static byte[] of(String typeUrl, byte[] message, WireTypes types) {
    WireType type = Objects.requireNonNull(types.find(typeUrl), typeUrl);
    return new KnownFields(message, types).message(0, message.length, type);
  }

  private byte[] message(int from, int to, WireType type) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    WireReader in = new WireReader(bytes, from, to);
    while (in.hasMore()) {
      int tagFrom = in.position();
      long tag = in.varint();
      int tagTo = in.position();
      in.skipValue((int) tag & 7);
      Field field = type.field((int) (tag >>> 3));
      if (field == null) {
        continue;
      }
      boolean any = field.kind() == Kind.ANY;
      if (!any && field.kind() != Kind.MESSAGE) {
        out.write(bytes, tagFrom, in.position() - tagFrom);
        continue;
      }
      WireReader value = new WireReader(bytes, tagTo, in.position());
      value.length();
      out.write(bytes, tagFrom, tagTo - tagFrom);
      sized(
          any
              ? any(value.position(), in.position())
              : message(value.position(), in.position(), Objects.requireNonNull(field.message())),
          out);
    }
    return out.toByteArray();
  }

  private byte[] any(int from, int to) {
    WireType type = Objects.requireNonNull(types.find(typeUrl(from, to)));
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    WireReader in = new WireReader(bytes, from, to);
    while (in.hasMore()) {
      int tagFrom = in.position();
      long tag = in.varint();
      int tagTo = in.position();
      int length = in.length();
      int valueFrom = in.position();
      in.skip(length);
      if (tag >>> 3 == ANY_VALUE) {
        out.write(bytes, tagFrom, tagTo - tagFrom);
        sized(message(valueFrom, in.position(), type), out);
      } else {
        out.write(bytes, tagFrom, in.position() - tagFrom);
      }
    }
    return out.toByteArray();
  }

  private String typeUrl(int from, int to) {
    WireReader in = new WireReader(bytes, from, to);
    String typeUrl = "";
    while (in.hasMore()) {
      long tag = in.varint();
      int length = in.length();
      if (tag >>> 3 == ANY_TYPE_URL) {
        typeUrl = WireCheck.typeUrl(bytes, in.position(), length);
      }
      in.skip(length);
    }
    return typeUrl;
  }

  private static void sized(byte[] value, ByteArrayOutputStream out) {
    int length = value.length;
    while (length > 0x7f) {
      out.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    out.write(length);
    out.writeBytes(value);
  }
}
