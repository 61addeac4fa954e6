package io.segue.bundles.sdk.state;

import io.segue.kernel.api.module.KVStore;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which keys of a collection are walked, and in which order. Immutable.
 *
 * @param <K> the key
 */
public final class Range<K> {
  private static final byte[] START = {};

  private final Function<KeyCodec<K>, byte[]> from;
  private final @Nullable Function<KeyCodec<K>, byte[]> to;
  private final byte @Nullable [] prefix;
  private final boolean reverse;

  private Range(
      Function<KeyCodec<K>, byte[]> from,
      @Nullable Function<KeyCodec<K>, byte[]> to,
      byte @Nullable [] prefix,
      boolean reverse) {
    this.from = from;
    this.to = to;
    this.prefix = prefix;
    this.reverse = reverse;
  }

  /** All keys, the smallest first. */
  public static <K> Range<K> all() {
    return prefix(START);
  }

  /** The key and those behind it. */
  public static <K> Range<K> from(K key) {
    return new Range<>(codec -> codec.bytes(key), null, null, false);
  }

  /** Those before the key. */
  public static <K> Range<K> before(K key) {
    return new Range<>(codec -> START, codec -> codec.bytes(key), null, false);
  }

  /** Of these keys those before {@code key}; see {@link PairKey} for other bounds. */
  public Range<K> to(K key) {
    return new Range<>(from, codec -> codec.bytes(key), null, reverse);
  }

  /** Of these keys those from {@code key} on; not of {@link #reversed} ones. */
  public Range<K> startingAt(K key) {
    return behind(codec -> codec.bytes(key));
  }

  /** Of these keys those after {@code key}, to go on there; not of {@link #reversed} ones. */
  public Range<K> after(K key) {
    return behind(
        codec -> {
          byte[] bytes = codec.bytes(key);
          return Arrays.copyOf(bytes, bytes.length + 1);
        });
  }

  /** The same keys, the largest first. */
  public Range<K> reversed() {
    return new Range<>(from, to, prefix, !reverse);
  }

  private Range<K> behind(Function<KeyCodec<K>, byte[]> start) {
    if (reverse) {
      throw new IllegalStateException("say where a range starts before it is reversed");
    }
    byte[] end = prefix == null || prefix.length == 0 ? null : KVStore.prefixEnd(prefix);
    return new Range<>(start, end == null ? to : codec -> end, null, false);
  }

  static <K> Range<K> prefix(byte[] prefix) {
    return new Range<>(codec -> prefix, null, prefix, false);
  }

  /** Keys whose bytes come before {@code end}; null for all. */
  static <K> Range<K> upTo(byte @Nullable [] end) {
    return new Range<>(codec -> START, end == null ? null : codec -> end, null, false);
  }

  byte[] start(KeyCodec<K> codec) {
    return from.apply(codec);
  }

  /** Where it ends; null where the collection or the prefix does. */
  byte @Nullable [] end(KeyCodec<K> codec) {
    return to == null ? null : to.apply(codec);
  }

  /** What all keys begin with, and no others; null where that does not tell them. */
  byte @Nullable [] prefix() {
    return prefix;
  }

  boolean reverse() {
    return reverse;
  }
}
