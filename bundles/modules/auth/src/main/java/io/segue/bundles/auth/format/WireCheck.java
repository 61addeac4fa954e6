package io.segue.bundles.auth.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.auth.format.WireType.Field;
import io.segue.bundles.auth.format.WireType.Kind;
import io.segue.bundles.sdk.SdkErrors;
import io.segue.kernel.api.module.ModuleException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Checks encoded messages against their types, at any depth and through every Any, in one pass over
 * the bytes and before anything is parsed: a field that the receiver does not know could mean
 * something to the signer that the chain would not do.
 *
 * <p>Where unknown fields are tolerated (the body), only those with bit 11 in their number are;
 * their sender declared them non-critical. {@link KnownFields} drops them before a module sees a
 * message.
 */
final class WireCheck {
  private static final int NON_CRITICAL = 1 << 10;
  private static final int MAX_FIELD_NUMBER = (1 << 29) - 1;
  private static final int ANY_TYPE_URL = 1;
  private static final int ANY_VALUE = 2;

  private final byte[] bytes;
  private final WireTypes types;
  private final boolean lenient;
  private boolean tolerated;

  private WireCheck(byte[] bytes, WireTypes types, boolean lenient) {
    this.bytes = bytes;
    this.types = types;
    this.lenient = lenient;
  }

  /**
   * Checks a message that lies in {@code bytes}.
   *
   * @param lenient whether unknown non-critical fields pass
   * @return whether there are any
   * @throws ModuleException sdk/2
   */
  static boolean check(
      byte[] bytes, int from, int to, WireType type, WireTypes types, boolean lenient) {
    WireCheck check = new WireCheck(bytes, types, lenient);
    check.message(from, to, type, 1);
    return check.tolerated;
  }

  private void message(int from, int to, WireType type, int depth) {
    if (depth > TxLimits.MAX_DEPTH) {
      throw SdkErrors.txDecode("messages are nested deeper than " + TxLimits.MAX_DEPTH);
    }
    WireReader in = new WireReader(bytes, from, to);
    long seen = 0;
    while (in.hasMore()) {
      long tag = in.varint();
      int wireType = (int) tag & 7;
      Field field = tag >>> 3 > Integer.MAX_VALUE ? null : type.field((int) (tag >>> 3));
      if (field == null) {
        skipUnknown(in, tag, type);
      } else if (field.wireType() == wireType) {
        seen = once(seen, field, type);
        value(in, field, type, depth);
      } else if (wireType == WireReader.LENGTH && field.packable()) {
        packed(in, field);
      } else {
        throw SdkErrors.txDecode(
            "field "
                + field.number()
                + " of "
                + type.name()
                + " has wire type "
                + wireType
                + " instead of "
                + field.wireType());
      }
    }
  }

  private void skipUnknown(WireReader in, long tag, WireType type) {
    long number = tag >>> 3;
    if (!lenient || (number & NON_CRITICAL) == 0 || number > MAX_FIELD_NUMBER) {
      throw SdkErrors.txDecode("unknown field " + number + " in " + type.name());
    }
    in.skipValue((int) tag & 7);
    tolerated = true;
  }

  /** Two pieces of one message would be merged: what was checked is not what would be read. */
  private static long once(long seen, Field field, WireType type) {
    boolean message = field.kind() == Kind.MESSAGE || field.kind() == Kind.ANY;
    if (!message || field.repeated() || field.number() >= Long.SIZE) {
      return seen;
    }
    long bit = 1L << field.number();
    if ((seen & bit) != 0) {
      throw SdkErrors.txDecode("field " + field.number() + " of " + type.name() + " stands twice");
    }
    return seen | bit;
  }

  private void value(WireReader in, Field field, WireType type, int depth) {
    if (field.wireType() != WireReader.LENGTH) {
      in.skipValue(field.wireType());
      return;
    }
    int length = in.length();
    int from = in.position();
    in.skip(length);
    switch (field.kind()) {
      case TEXT -> text(from, from + length, field, type);
      case ANY -> any(from, from + length, depth + 1);
      case MESSAGE -> nested(from, from + length, field.message(), depth + 1);
      default -> {}
    }
  }

  private void nested(int from, int to, @Nullable WireType type, int depth) {
    if (type == null) {
      throw SdkErrors.txDecode("a message's type is missing from its module's descriptors");
    }
    message(from, to, type, depth);
  }

  private void any(int from, int to, int depth) {
    WireReader in = new WireReader(bytes, from, to);
    String typeUrl = "";
    int valueFrom = to;
    int valueTo = to;
    int seen = 0;
    while (in.hasMore()) {
      long tag = in.varint();
      if ((tag >>> 3 != ANY_TYPE_URL && tag >>> 3 != ANY_VALUE) || (tag & 7) != WireReader.LENGTH) {
        throw SdkErrors.txDecode("unknown field " + (tag >>> 3) + " in google.protobuf.Any");
      }
      if ((seen & 1 << (tag >>> 3)) != 0) {
        throw SdkErrors.txDecode("field " + (tag >>> 3) + " of google.protobuf.Any stands twice");
      }
      seen |= 1 << (tag >>> 3);
      int length = in.length();
      if (tag >>> 3 == ANY_TYPE_URL) {
        typeUrl = typeUrl(bytes, in.position(), length);
      } else {
        valueFrom = in.position();
        valueTo = valueFrom + length;
      }
      in.skip(length);
    }
    WireType type = types.find(typeUrl);
    if (type == null) {
      throw unresolved(typeUrl);
    }
    message(valueFrom, valueTo, type, depth);
  }

  /** The type URL that stands in an Any. */
  static String typeUrl(byte[] bytes, int from, int length) {
    return new String(bytes, from, length, UTF_8);
  }

  /** The refusal of a type URL that nobody knows. */
  static ModuleException unresolved(String typeUrl) {
    return SdkErrors.txDecode("unable to resolve type URL " + typeUrl);
  }

  private static void packed(WireReader in, Field field) {
    int end = in.length() + in.position();
    while (in.position() < end) {
      in.skipValue(field.wireType());
    }
    if (in.position() != end) {
      throw SdkErrors.txDecode("packed field " + field.number() + " ends within a value");
    }
  }

  private void text(int from, int to, Field field, WireType type) {
    for (int i = from; i < to; i++) {
      if (bytes[i] < 0) {
        decoded(i, to, field, type);
        return;
      }
    }
  }

  private void decoded(int from, int to, Field field, WireType type) {
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
    } catch (CharacterCodingException e) {
      throw SdkErrors.txDecode("field " + field.number() + " of " + type.name() + " is not UTF-8");
    }
  }
}
