package io.segue.bundles.sdk.amino;

import java.math.BigInteger;
import java.time.Instant;

/** Times and durations in Amino JSON, with their quotes. */
final class AminoTime {
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  /** The years 1 to 9999, as protobuf limits a timestamp. */
  private static final long MIN_SECONDS = -62_135_596_800L;

  private static final long MAX_SECONDS = 253_402_300_799L;

  /** As many seconds as fit a number of 64 bits when they are counted in nanoseconds. */
  private static final long MAX_DURATION_SECONDS = Long.MAX_VALUE / NANOS_PER_SECOND - 1;

  private AminoTime() {}

  /** RFC 3339 in UTC, with the fraction's zeros at the end left out. */
  static String timestamp(long seconds, int nanos) {
    if (seconds < MIN_SECONDS || seconds > MAX_SECONDS) {
      throw new IllegalArgumentException("a timestamp is outside of the years 1 to 9999");
    }
    if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
      throw new IllegalArgumentException("nanos must be non-negative and below one second");
    }
    String whole = Instant.ofEpochSecond(seconds).toString();
    if (nanos == 0) {
      return "\"" + whole + "\"";
    }
    String digits = String.valueOf(NANOS_PER_SECOND + nanos).substring(1);
    int end = digits.length();
    while (digits.charAt(end - 1) == '0') {
      end--;
    }
    return "\"" + whole.substring(0, whole.length() - 1) + "." + digits.substring(0, end) + "Z\"";
  }

  /** All of it in nanoseconds. */
  static String duration(long seconds, int nanos) {
    if (seconds > MAX_DURATION_SECONDS || seconds < -MAX_DURATION_SECONDS) {
      throw new IllegalArgumentException(
          seconds + " seconds would overflow an int64 when represented as nanoseconds");
    }
    BigInteger total =
        BigInteger.valueOf(seconds)
            .multiply(BigInteger.valueOf(NANOS_PER_SECOND))
            .add(BigInteger.valueOf(nanos));
    return "\"" + total + "\"";
  }
}
