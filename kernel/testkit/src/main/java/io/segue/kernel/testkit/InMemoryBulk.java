package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore.BulkStore;

/** A store that a bulk writer completed. */
final class InMemoryBulk implements BulkStore {
  private final InMemoryEntries entries;

  InMemoryBulk(InMemoryEntries entries) {
    this.entries = entries;
  }

  InMemoryEntries entries() {
    return entries;
  }

  @Override
  public byte[] root() {
    return entries.root();
  }

  @Override
  public long size() {
    return entries.leaves().size();
  }
}
