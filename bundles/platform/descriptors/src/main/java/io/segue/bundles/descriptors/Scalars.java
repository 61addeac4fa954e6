package io.segue.bundles.descriptors;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.segue.bundles.descriptors.FieldForm.Number;
import java.math.BigInteger;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * Values of fields from texts, as they stand in JSON, in paths and in query parameters. What is
 * wrong is said in the words of the Cosmos SDK's gateway, which are those of Go.
 */
final class Scalars {
  private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]{1,40}");
  private static final BigInteger BEHIND_UINT64 = BigInteger.ONE.shiftLeft(64);
  private static final BigInteger BEHIND_INT64 = BigInteger.ONE.shiftLeft(63);
  private static final BigInteger BEHIND_UINT32 = BigInteger.ONE.shiftLeft(32);
  private static final BigInteger BEHIND_INT32 = BigInteger.ONE.shiftLeft(31);

  private Scalars() {}

  /**
   * The value of a field that is no message, as protobuf has it.
   *
   * @throws IllegalArgumentException where the text is none
   */
  static Object parse(FieldForm form, String text) {
    FieldDescriptor field = form.field();
    return switch (field.getType()) {
      case INT32, SINT32, SFIXED32 -> signed(text, BEHIND_INT32).intValueExact();
      case INT64, SINT64, SFIXED64 -> signed(text, BEHIND_INT64).longValueExact();
      case UINT32, FIXED32 -> unsigned(text, BEHIND_UINT32).intValue();
      case UINT64, FIXED64 -> unsigned(text, BEHIND_UINT64).longValue();
      case BOOL -> bool(text);
      case FLOAT -> (float) floating(text);
      case DOUBLE -> floating(text);
      case STRING -> number(form, text);
      case BYTES ->
          form.number() == Number.NONE ? bytes(text) : ByteString.copyFromUtf8(number(form, text));
      case ENUM -> enumValue(field.getEnumType(), text);
      case MESSAGE, GROUP ->
          throw new IllegalArgumentException("expected a message, which is no text");
    };
  }

  private static String number(FieldForm form, String text) {
    return form.number() == Number.DECIMAL && !text.isEmpty() ? DecimalText.scaled(text) : text;
  }

  private static BigInteger signed(String text, BigInteger behind) {
    BigInteger value = integer("ParseInt", text);
    if (value.compareTo(behind) >= 0 || value.compareTo(behind.negate()) < 0) {
      throw outOfRange("ParseInt", text);
    }
    return value;
  }

  private static BigInteger unsigned(String text, BigInteger behind) {
    if (text.startsWith("-") || text.startsWith("+")) {
      throw syntax("ParseUint", text);
    }
    BigInteger value = integer("ParseUint", text);
    if (value.compareTo(behind) >= 0) {
      throw outOfRange("ParseUint", text);
    }
    return value;
  }

  private static BigInteger integer(String function, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw syntax(function, text);
    }
    return new BigInteger(text);
  }

  private static boolean bool(String text) {
    return switch (text) {
      case "1", "t", "T", "true", "TRUE", "True" -> true;
      case "0", "f", "F", "false", "FALSE", "False" -> false;
      default -> throw syntax("ParseBool", text);
    };
  }

  private static double floating(String text) {
    try {
      return Double.parseDouble(text.strip());
    } catch (NumberFormatException e) {
      throw syntax("ParseFloat", text);
    }
  }

  /** Base64 of either alphabet, with its padding or without. */
  static ByteString bytes(String text) {
    try {
      return ByteString.copyFrom(
          Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("illegal base64 data: " + shown(text), e);
    }
  }

  /** A value by its name or its number. */
  static EnumValueDescriptor enumValue(EnumDescriptor type, String text) {
    EnumValueDescriptor named = type.findValueByName(text);
    if (named != null) {
      return named;
    }
    if (NUMBER.matcher(text).matches()) {
      BigInteger number = new BigInteger(text);
      EnumValueDescriptor numbered =
          number.bitLength() < Integer.SIZE ? type.findValueByNumber(number.intValue()) : null;
      if (numbered != null) {
        return numbered;
      }
    }
    String pack = type.getFile().getPackage();
    throw new IllegalArgumentException(
        "%s is not a valid %s.%s"
            .formatted(shown(text), pack.substring(pack.lastIndexOf('.') + 1), type.getName()));
  }

  private static IllegalArgumentException syntax(String function, String text) {
    return new IllegalArgumentException(
        "strconv." + function + ": parsing \"" + shown(text) + "\": invalid syntax");
  }

  private static IllegalArgumentException outOfRange(String function, String text) {
    return new IllegalArgumentException(
        "strconv." + function + ": parsing \"" + shown(text) + "\": value out of range");
  }

  /** A text that a client sent, as an error repeats it. */
  static String shown(String text) {
    return text.length() <= 64 ? text : text.substring(0, 64) + "...";
  }
}
