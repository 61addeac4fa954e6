package io.segue.kernel.api.guard;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Calculations that grow with the value of a number and not with its length, as code of generations
 * calls them under kernel rules 2: each does what the method of Java does that it is named as, and
 * refuses what would be larger than {@link GuardLimits} say before it computes it. Numbers that are
 * read from text or bytes are bounded where they are made, so what is left, such as additions, can
 * only grow step by step.
 *
 * <p>All of it throws {@link LimitError}. Thread safety: any thread.
 */
public final class GuardedNumbers {
  /** No number of {@link GuardLimits#NUMBER_BITS} has more digits. */
  private static final int DIGITS = GuardLimits.NUMBER_BITS * 30_103 / 100_000 + 1;

  /** Sign, point and exponent, too. */
  private static final int DECIMAL_CHARS = DIGITS + GuardLimits.DECIMAL_SCALE + 16;

  private GuardedNumbers() {}

  public static BigInteger pow(BigInteger base, int exponent) {
    // One and zero stay what they are, however often.
    bits(Math.max(0, (base.abs().bitLength() - 1L)) * exponent);
    return base.pow(exponent);
  }

  public static BigInteger multiply(BigInteger one, BigInteger other) {
    bits((long) one.bitLength() + other.bitLength());
    return one.multiply(other);
  }

  public static BigInteger shiftLeft(BigInteger number, int count) {
    if (number.signum() != 0) {
      bits((long) number.bitLength() + count);
    }
    return number.shiftLeft(count);
  }

  public static BigInteger shiftRight(BigInteger number, int count) {
    if (number.signum() != 0) {
      bits((long) number.bitLength() - count);
    }
    return number.shiftRight(count);
  }

  public static BigInteger setBit(BigInteger number, int bit) {
    bits(bit);
    return number.setBit(bit);
  }

  public static BigInteger clearBit(BigInteger number, int bit) {
    bits(bit);
    return number.clearBit(bit);
  }

  public static BigInteger flipBit(BigInteger number, int bit) {
    bits(bit);
    return number.flipBit(bit);
  }

  public static BigInteger modPow(BigInteger base, BigInteger exponent, BigInteger modulus) {
    modulusBits(base);
    modulusBits(exponent);
    modulusBits(modulus);
    return base.modPow(exponent, modulus);
  }

  public static BigInteger modInverse(BigInteger number, BigInteger modulus) {
    modulusBits(number);
    modulusBits(modulus);
    return number.modInverse(modulus);
  }

  public static BigDecimal pow(BigDecimal base, int exponent) {
    bits((base.unscaledValue().abs().bitLength() - 1L) * exponent);
    scale((long) base.scale() * exponent);
    return base.pow(exponent);
  }

  public static BigDecimal pow(BigDecimal base, int exponent, MathContext context) {
    precision(context);
    scale((long) base.scale() * exponent);
    return checked(base.pow(exponent, context));
  }

  public static BigDecimal multiply(BigDecimal one, BigDecimal other) {
    bits((long) one.unscaledValue().bitLength() + other.unscaledValue().bitLength());
    scale((long) one.scale() + other.scale());
    return one.multiply(other);
  }

  public static BigDecimal multiply(BigDecimal one, BigDecimal other, MathContext context) {
    precision(context);
    return multiply(one, other).round(context);
  }

  public static BigDecimal setScale(BigDecimal number, int scale) {
    scale(scale);
    return number.setScale(scale);
  }

  public static BigDecimal setScale(BigDecimal number, int scale, RoundingMode mode) {
    scale(scale);
    return number.setScale(scale, mode);
  }

  public static BigDecimal divide(BigDecimal one, BigDecimal other) {
    return checked(one.divide(other));
  }

  public static BigDecimal divide(BigDecimal one, BigDecimal other, RoundingMode mode) {
    return checked(one.divide(other, mode));
  }

  public static BigDecimal divide(BigDecimal one, BigDecimal other, int scale, RoundingMode mode) {
    scale(scale);
    return checked(one.divide(other, scale, mode));
  }

  public static BigDecimal divide(BigDecimal one, BigDecimal other, MathContext context) {
    precision(context);
    return checked(one.divide(other, context));
  }

  public static BigDecimal divideToIntegralValue(BigDecimal one, BigDecimal other) {
    return checked(one.divideToIntegralValue(other));
  }

  public static BigDecimal divideToIntegralValue(
      BigDecimal one, BigDecimal other, MathContext context) {
    precision(context);
    return checked(one.divideToIntegralValue(other, context));
  }

  public static BigDecimal movePointLeft(BigDecimal number, int places) {
    scale((long) number.scale() + places);
    return number.movePointLeft(places);
  }

  public static BigDecimal movePointRight(BigDecimal number, int places) {
    scale((long) number.scale() - places);
    return number.movePointRight(places);
  }

  public static BigDecimal scaleByPowerOfTen(BigDecimal number, int power) {
    scale((long) number.scale() - power);
    return number.scaleByPowerOfTen(power);
  }

  public static BigDecimal sqrt(BigDecimal number, MathContext context) {
    precision(context);
    return checked(number.sqrt(context));
  }

  public static BigDecimal round(BigDecimal number, MathContext context) {
    return checked(number.round(context));
  }

  public static BigDecimal valueOf(long unscaled, int scale) {
    scale(scale);
    return BigDecimal.valueOf(unscaled, scale);
  }

  /** In place of the constructor, where it is used as a method. */
  public static BigInteger newInteger(String text) {
    return new BigInteger(integerText(text));
  }

  /** In place of the constructor, where it is used as a method. */
  public static BigInteger newInteger(byte[] bytes) {
    return new BigInteger(integerBytes(bytes));
  }

  /** In place of the constructor, where it is used as a method. */
  public static BigDecimal newDecimal(String text) {
    return new BigDecimal(decimalText(text));
  }

  /** The text of a number that is going to be made. */
  public static String integerText(String text) {
    integerText(text, 10);
    return text;
  }

  /** As the other one, in any radix. */
  public static void integerText(String text, int radix) {
    if (text.length() > GuardLimits.NUMBER_BITS) {
      throw tooLarge("a number of " + text.length() + " digits");
    }
  }

  /** The bytes of a number that is going to be made. */
  public static byte[] integerBytes(byte[] bytes) {
    integerLength(bytes.length);
    return bytes;
  }

  /** How many bytes of an array become a number. */
  public static int integerLength(int length) {
    bits((long) length * Byte.SIZE);
    return length;
  }

  /** The text of a decimal number that is going to be made. */
  public static String decimalText(String text) {
    if (text.length() > DECIMAL_CHARS) {
      throw tooLarge("a decimal number of " + text.length() + " characters");
    }
    int exponent = Math.max(text.indexOf('e'), text.indexOf('E'));
    if (exponent >= 0) {
      int digits = 0;
      long value = 0;
      for (int i = exponent + 1; i < text.length(); i++) {
        int digit = Character.digit(text.charAt(i), 10);
        if (digit >= 0 && (value > 0 || digit > 0)) {
          value = value * 10 + digit;
          if (++digits > 9) {
            break;
          }
        }
      }
      scale(value);
    }
    return text;
  }

  /** As the other one, rounded. */
  public static void decimalText(String text, MathContext context) {
    precision(context);
    decimalText(text);
  }

  /** The scale of a decimal number that is going to be made. */
  public static int decimalScale(int scale) {
    scale(scale);
    return scale;
  }

  private static BigDecimal checked(BigDecimal result) {
    bits(result.unscaledValue().bitLength());
    scale(result.scale());
    return result;
  }

  private static void bits(long bits) {
    if (bits > GuardLimits.NUMBER_BITS) {
      throw tooLarge("a number of " + bits + " bits");
    }
  }

  private static void modulusBits(BigInteger number) {
    if (number.bitLength() > GuardLimits.MODULUS_BITS) {
      throw new LimitError(
          "a number of "
              + number.bitLength()
              + " bits to a modulus is larger than "
              + GuardLimits.MODULUS_BITS);
    }
  }

  private static void scale(long scale) {
    if (Math.abs(scale) > GuardLimits.DECIMAL_SCALE) {
      throw new LimitError(
          "a decimal number of scale "
              + scale
              + " is beyond the limit of "
              + GuardLimits.DECIMAL_SCALE);
    }
  }

  private static void precision(MathContext context) {
    if (context.getPrecision() > GuardLimits.DECIMAL_SCALE) {
      throw new LimitError(
          "a precision of "
              + context.getPrecision()
              + " digits is larger than "
              + GuardLimits.DECIMAL_SCALE);
    }
  }

  private static LimitError tooLarge(String what) {
    return new LimitError(what + " is larger than " + GuardLimits.NUMBER_BITS + " bits");
  }
}
