package io.segue.bundles.sdk;

import com.google.protobuf.Timestamp;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants and durations as the wire has them, and as keys of stores do. */
public final class Times {
  private static final DateTimeFormatter KEY =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private Times() {}

  /**
   * An instant as text whose order is that of time, for years from 0 to 9999: 29 ASCII characters
   * such as {@code 2026-11-23T21:27:35.132737504}.
   */
  public static byte[] key(Instant instant) {
    return KEY.format(instant).getBytes(StandardCharsets.US_ASCII);
  }

  /** The instant that {@link #key} wrote. */
  public static Instant ofKey(byte[] text) {
    return KEY.parse(new String(text, StandardCharsets.US_ASCII), Instant::from);
  }

  /** An instant as the wire has it. */
  public static Timestamp timestamp(Instant instant) {
    return Timestamp.newBuilder()
        .setSeconds(instant.getEpochSecond())
        .setNanos(instant.getNano())
        .build();
  }

  /** The instant of a timestamp in protobuf's range. */
  public static Instant instant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  /** A duration in protobuf's range. */
  public static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  /** A duration as the wire has it. */
  public static com.google.protobuf.Duration duration(Duration duration) {
    return com.google.protobuf.Duration.newBuilder()
        .setSeconds(duration.getSeconds())
        .setNanos(duration.getNano())
        .build();
  }
}
