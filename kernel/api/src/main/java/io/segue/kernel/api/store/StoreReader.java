package io.segue.kernel.api.store;

import io.segue.kernel.api.module.KVIterator;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/** Reads one store in a {@link StateView}, from any thread. */
@ConsumerType
public interface StoreReader {
  /** The value of a key, or null. The array must not be changed. */
  byte @Nullable [] get(byte[] key);

  /** Entries from {@code from} (inclusive) up to {@code to} (exclusive; null: to the end). */
  KVIterator iterate(byte[] from, byte @Nullable [] to, boolean reverse);

  /** How many entries there are. */
  long size();
}
