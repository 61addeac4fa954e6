package io.segue.bundles.descriptors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.MessageOrBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The messages of protobuf that JSON has a form of its own for: times and durations. */
final class WellKnown {
  static final String ANY = "google.protobuf.Any";
  private static final String TIMESTAMP = "google.protobuf.Timestamp";
  private static final String DURATION = "google.protobuf.Duration";

  private static final long FIRST_SECOND = Instant.parse("0001-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST_SECOND = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
  private static final long MOST_SECONDS = 315_576_000_000L;
  private static final int NANOS = 1_000_000_000;
  private static final Pattern DURATION_TEXT = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,9})?s");

  private WellKnown() {}

  /** Whether a type is written as a text. */
  static boolean isText(Descriptor type) {
    return type.getFullName().equals(TIMESTAMP) || type.getFullName().equals(DURATION);
  }

  /** The text; empty where the message is out of protobuf's range, which no text can say. */
  static Optional<String> text(MessageOrBuilder message) {
    Descriptor type = message.getDescriptorForType();
    long seconds = (Long) message.getField(field(type, "seconds"));
    int nanos = (Integer) message.getField(field(type, "nanos"));
    return type.getFullName().equals(TIMESTAMP)
        ? timestamp(seconds, nanos)
        : duration(seconds, nanos);
  }

  /**
   * The message of a text.
   *
   * @throws IllegalArgumentException where the text is none
   */
  static DynamicMessage parse(Descriptor type, String text) {
    boolean time = type.getFullName().equals(TIMESTAMP);
    try {
      return time ? parseTimestamp(type, text) : parseDuration(type, text);
    } catch (DateTimeException | ArithmeticException e) {
      throw refused(time);
    }
  }

  private static Optional<String> timestamp(long seconds, int nanos) {
    return seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos >= NANOS
        ? Optional.empty()
        : Optional.of(DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(seconds, nanos)));
  }

  private static Optional<String> duration(long seconds, int nanos) {
    boolean mixed = seconds > 0 && nanos < 0 || seconds < 0 && nanos > 0;
    if (mixed || Math.abs(nanos) >= NANOS || seconds < -MOST_SECONDS || seconds > MOST_SECONDS) {
      return Optional.empty();
    }
    String fraction = nanos == 0 ? "" : "." + shortened("%09d".formatted(Math.abs(nanos)));
    String sign = seconds < 0 || nanos < 0 ? "-" : "";
    return Optional.of(sign + Math.abs(seconds) + fraction + "s");
  }

  /** Three, six or nine digits. */
  private static String shortened(String nanos) {
    String text = nanos;
    while (text.endsWith("000")) {
      text = text.substring(0, text.length() - 3);
    }
    return text;
  }

  private static DynamicMessage parseTimestamp(Descriptor type, String text) {
    OffsetDateTime time = OffsetDateTime.parse(text);
    long seconds = time.toEpochSecond();
    if (seconds < FIRST_SECOND || seconds > LAST_SECOND) {
      throw refused(true);
    }
    return message(type, seconds, time.getNano());
  }

  private static DynamicMessage parseDuration(Descriptor type, String text) {
    if (!DURATION_TEXT.matcher(text).matches()) {
      throw refused(false);
    }
    BigInteger nanos =
        new BigDecimal(text.substring(0, text.length() - 1)).movePointRight(9).toBigIntegerExact();
    BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(NANOS));
    long seconds = parts[0].longValueExact();
    if (Math.abs(seconds) > MOST_SECONDS) {
      throw refused(false);
    }
    return message(type, seconds, parts[1].intValueExact());
  }

  private static DynamicMessage message(Descriptor type, long seconds, int nanos) {
    return DynamicMessage.newBuilder(type)
        .setField(field(type, "seconds"), seconds)
        .setField(field(type, "nanos"), nanos)
        .build();
  }

  private static FieldDescriptor field(Descriptor type, String name) {
    return Objects.requireNonNull(type.findFieldByName(name), type.getFullName());
  }

  private static IllegalArgumentException refused(boolean time) {
    return new IllegalArgumentException(
        time
            ? "expected a time of the years 1 to 9999 as 2026-01-31T12:00:00Z"
            : "expected a duration in seconds as 1.5s");
  }
}
