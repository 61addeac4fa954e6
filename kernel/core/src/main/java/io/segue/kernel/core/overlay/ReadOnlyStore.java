package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import org.jspecify.annotations.Nullable;

/** A store that can't be written. */
public final class ReadOnlyStore implements KVStore {
  private final String name;
  private final KVStore store;

  public ReadOnlyStore(String name, KVStore store) {
    this.name = name;
    this.store = store;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return store.get(key);
  }

  @Override
  public boolean has(byte[] key) {
    return store.has(key);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    throw refused();
  }

  @Override
  public void delete(byte[] key) {
    throw refused();
  }

  @Override
  public KVIterator iterate(byte[] from, byte @Nullable [] to) {
    return store.iterate(from, to);
  }

  @Override
  public KVIterator reverse(byte[] from, byte @Nullable [] to) {
    return store.reverse(from, to);
  }

  private UnsupportedOperationException refused() {
    return new UnsupportedOperationException("store " + name + " can only be read here");
  }
}
