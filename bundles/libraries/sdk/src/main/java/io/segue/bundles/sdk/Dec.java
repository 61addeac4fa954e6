package io.segue.bundles.sdk;

import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * A decimal number with 18 digits behind the point, as the Cosmos SDK computes with: no rounding
 * error but at the 18th digit, the same on every machine. Immutable.
 *
 * <p>It has two texts: pointed ({@code 0.500000000000000000}) and scaled ({@code
 * 500000000000000000}, the value times 10^18).
 */
public final class Dec implements Comparable<Dec> {
  /** Digits behind the point. */
  public static final int PRECISION = 18;

  /** Most digits before the point that a text may have. */
  public static final int MAX_INTEGER_DIGITS = 78;

  private static final BigInteger ONE_SCALED = BigInteger.TEN.pow(PRECISION);
  private static final Pattern POINTED = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final Pattern SCALED = Pattern.compile("-?[0-9]+");

  /** 0. */
  public static final Dec ZERO = new Dec(BigInteger.ZERO);

  /** 1. */
  public static final Dec ONE = new Dec(ONE_SCALED);

  private final BigInteger scaled;

  private Dec(BigInteger scaled) {
    this.scaled = scaled;
  }

  /** A whole number. */
  public static Dec of(long value) {
    return of(BigInteger.valueOf(value));
  }

  /** A whole number. */
  public static Dec of(BigInteger value) {
    return new Dec(value.multiply(ONE_SCALED));
  }

  /** The number whose 10^18-fold is {@code scaled}. */
  public static Dec ofScaled(BigInteger scaled) {
    return new Dec(scaled);
  }

  /**
   * A number from text such as {@code 0.334}.
   *
   * @throws IllegalArgumentException where it is malformed or has more than 18 digits behind the
   *     point
   */
  public static Dec parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("decimal string cannot be empty");
    }
    if (text.length() > MAX_INTEGER_DIGITS + PRECISION + 2 || !POINTED.matcher(text).matches()) {
      throw new IllegalArgumentException("invalid decimal string: " + shorten(text));
    }
    int point = text.indexOf('.');
    String whole = point < 0 ? text : text.substring(0, point);
    String fraction = point < 0 ? "" : text.substring(point + 1);
    if (fraction.length() > PRECISION) {
      throw new IllegalArgumentException(
          "value '"
              + text
              + "' exceeds max precision by "
              + (fraction.length() - PRECISION)
              + " decimal places: max precision "
              + PRECISION);
    }
    return new Dec(new BigInteger(whole + fraction + "0".repeat(PRECISION - fraction.length())));
  }

  /**
   * A number from its scaled text; empty text is 0, as an absent field reads.
   *
   * @throws IllegalArgumentException where it is no integer
   */
  public static Dec parseScaled(String text) {
    if (text.isEmpty()) {
      return ZERO;
    }
    if (text.length() > MAX_INTEGER_DIGITS + PRECISION + 1 || !SCALED.matcher(text).matches()) {
      throw new IllegalArgumentException("invalid scaled decimal: " + shorten(text));
    }
    return new Dec(new BigInteger(text));
  }

  public Dec plus(Dec other) {
    return new Dec(scaled.add(other.scaled));
  }

  public Dec minus(Dec other) {
    return new Dec(scaled.subtract(other.scaled));
  }

  /** The product; half of the last digit rounds to the even neighbour. */
  public Dec times(Dec other) {
    return new Dec(halfEven(scaled.multiply(other.scaled), ONE_SCALED));
  }

  /** The product, cut behind the 18th digit. */
  public Dec timesTruncated(Dec other) {
    return new Dec(scaled.multiply(other.scaled).divide(ONE_SCALED));
  }

  /** The product with a whole number. */
  public Dec times(BigInteger factor) {
    return new Dec(scaled.multiply(factor));
  }

  /**
   * The quotient as the SDK's {@code LegacyDec.Quo} has it: cut behind the 36th digit, and then
   * half of the 18th rounds to the even neighbour.
   *
   * @throws ArithmeticException where {@code divisor} is 0
   */
  public Dec dividedBy(Dec divisor) {
    BigInteger cut = scaled.multiply(ONE_SCALED).multiply(ONE_SCALED).divide(divisor.scaled);
    return new Dec(halfEven(cut, ONE_SCALED));
  }

  /**
   * The quotient, cut behind the 18th digit.
   *
   * @throws ArithmeticException where {@code divisor} is 0
   */
  public Dec dividedByTruncated(Dec divisor) {
    return new Dec(scaled.multiply(ONE_SCALED).divide(divisor.scaled));
  }

  /** The whole part, towards 0. */
  public BigInteger truncate() {
    return scaled.divide(ONE_SCALED);
  }

  /** The smallest whole number that is not less. */
  public BigInteger ceil() {
    BigInteger[] parts = scaled.divideAndRemainder(ONE_SCALED);
    return parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /** The nearest whole number; a half goes to the even neighbour. */
  public BigInteger round() {
    return halfEven(scaled, ONE_SCALED);
  }

  /** -1, 0 or 1. */
  public int signum() {
    return scaled.signum();
  }

  /** Text with a point and all 18 digits behind it. */
  public String pointed() {
    String digits = scaled.abs().toString();
    String padded =
        digits.length() > PRECISION ? digits : "0".repeat(PRECISION + 1 - digits.length()) + digits;
    int point = padded.length() - PRECISION;
    return (signum() < 0 ? "-" : "") + padded.substring(0, point) + "." + padded.substring(point);
  }

  /** Text of the value times 10^18. */
  public String scaled() {
    return scaled.toString();
  }

  @Override
  public int compareTo(Dec other) {
    return scaled.compareTo(other.scaled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Dec d && scaled.equals(d.scaled);
  }

  @Override
  public int hashCode() {
    return scaled.hashCode();
  }

  /** As {@link #pointed}. */
  @Override
  public String toString() {
    return pointed();
  }

  private static BigInteger halfEven(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    int half = parts[1].abs().shiftLeft(1).compareTo(divisor.abs());
    if (half < 0 || half == 0 && !parts[0].testBit(0)) {
      return parts[0];
    }
    boolean negative = dividend.signum() * divisor.signum() < 0;
    return parts[0].add(negative ? BigInteger.ONE.negate() : BigInteger.ONE);
  }

  private static String shorten(String text) {
    return text.length() > 100 ? text.substring(0, 100) + "..." : text;
  }
}
