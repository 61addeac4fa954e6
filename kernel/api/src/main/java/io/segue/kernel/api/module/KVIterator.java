package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ProviderType;

/** A cursor over entries. Call {@link #next} first; close it when done. */
@ProviderType
public interface KVIterator extends AutoCloseable {
  /** Moves to the next entry; false at the end. */
  boolean next();

  /** Key of the current entry. */
  byte[] key();

  /** Value of the current entry. */
  byte[] value();

  @Override
  void close();
}
