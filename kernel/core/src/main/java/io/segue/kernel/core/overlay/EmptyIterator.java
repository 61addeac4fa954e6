package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVIterator;

/** A cursor over nothing. */
enum EmptyIterator implements KVIterator {
  INSTANCE;

  @Override
  public boolean next() {
    return false;
  }

  @Override
  public byte[] key() {
    throw new IllegalStateException("the cursor is at no entry");
  }

  @Override
  public byte[] value() {
    throw new IllegalStateException("the cursor is at no entry");
  }

  @Override
  public void close() {}
}
