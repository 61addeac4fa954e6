package io.segue.bundles.store.rocksdb.database;

import org.jspecify.annotations.Nullable;

/**
 * Moves over one sorted layer of a store. A layer may say of a key that it is absent, which hides
 * it in the layers below.
 *
 * <p>Thread safety: one thread at a time.
 */
public interface Cursor extends AutoCloseable {
  /** Moves to the next entry; false at the end. */
  boolean next();

  /** Key of the current entry. */
  byte[] key();

  /** Value of the current entry, or null for "absent". */
  byte @Nullable [] value();

  @Override
  default void close() {}
}
