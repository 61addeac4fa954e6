package io.segue.bundles.sdk.state;

import io.segue.bundles.sdk.Times;
import java.time.Instant;

/** How keys look. In each, the order of the bytes is the one that its sentence names. */
public final class Keys {
  private Keys() {}

  /** A number from 0 to 2^32 - 1, in 4 bytes; ordered by value. */
  public static KeyCodec<Long> u32() {
    return NumberKey.U32;
  }

  /** A number from 0 to 2^64 - 1, in 8 bytes; ordered as unsigned. */
  public static KeyCodec<Long> u64() {
    return NumberKey.U64;
  }

  /** A number with a sign, in 8 bytes; ordered by value. */
  public static KeyCodec<Long> i64() {
    return NumberKey.I64;
  }

  /** Text in UTF-8, up to the end of the key; ordered by code points. */
  public static KeyCodec<String> text() {
    return TextKey.REST;
  }

  /**
   * Text in UTF-8 with a byte 00 behind it, so that something may follow; ordered by code points.
   * Text that holds a character 0 is refused.
   */
  public static KeyCodec<String> terminatedText() {
    return TextKey.TERMINATED;
  }

  /**
   * Text in UTF-8 of up to 255 bytes, with their number before it in one byte, so that something
   * may follow; ordered by length, and those of one length by code points.
   */
  public static KeyCodec<String> shortText() {
    return TextKey.SHORT;
  }

  /** Bytes up to the end of the key; ordered as unsigned. */
  public static KeyCodec<byte[]> bytes() {
    return BytesKey.REST;
  }

  /**
   * An address of up to 255 bytes, with its length before it in one byte, so that something may
   * follow; ordered by length, and those of one length as unsigned bytes.
   */
  public static KeyCodec<byte[]> address() {
    return BytesKey.ADDRESS;
  }

  /** A time in the years 0 to 9999, as 29 bytes of text ({@link Times#key}); the earliest first. */
  public static KeyCodec<Instant> time() {
    return BytesKey.TIME.as(Times::ofKey, Times::key);
  }

  /**
   * Two parts.
   *
   * @throws IllegalArgumentException where the first one does not show where it ends
   */
  public static <A, B> PairKey<A, B> pair(KeyCodec<A> first, KeyCodec<B> second) {
    return new PairKey<>(first, second);
  }

  /**
   * Three parts.
   *
   * @throws IllegalArgumentException where the first or the second does not show where it ends
   */
  public static <A, B, C> TripleKey<A, B, C> triple(
      KeyCodec<A> first, KeyCodec<B> second, KeyCodec<C> third) {
    return new TripleKey<>(first, second, third);
  }
}
