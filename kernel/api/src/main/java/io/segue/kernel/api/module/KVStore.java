package io.segue.kernel.api.module;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * An ordered store of byte keys, in order of unsigned bytes. Every access costs gas. Arrays given
 * and returned are not copied and must not be changed afterwards.
 */
@ProviderType
public interface KVStore {
  /** The value of a key, or null. */
  byte @Nullable [] get(byte[] key);

  /** Whether a key is present. */
  boolean has(byte[] key);

  /**
   * Writes.
   *
   * @throws IllegalArgumentException where key or value is empty: neither could be proved
   */
  void set(byte[] key, byte[] value);

  /** Removes a key; nothing happens where it is absent. */
  void delete(byte[] key);

  /**
   * Entries from {@code from} (inclusive) up to {@code to} (exclusive; null means to the end), in
   * ascending order. What is written during the iteration may or may not be seen: collect first,
   * then write.
   */
  KVIterator iterate(byte[] from, byte @Nullable [] to);

  /** As {@link #iterate}, in descending order. */
  KVIterator reverse(byte[] from, byte @Nullable [] to);

  /** All entries whose key starts with {@code prefix}, ascending. */
  default KVIterator prefix(byte[] prefix) {
    return iterate(prefix, prefixEnd(prefix));
  }

  /** The first key behind all keys that start with {@code prefix}; null where there is none. */
  static byte @Nullable [] prefixEnd(byte[] prefix) {
    for (int i = prefix.length - 1; i >= 0; i--) {
      if (prefix[i] != (byte) 0xff) {
        byte[] end = java.util.Arrays.copyOf(prefix, i + 1);
        end[i]++;
        return end;
      }
    }
    return null;
  }
}
