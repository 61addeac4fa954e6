package io.segue.kernel.testkit;

import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.testkit.SparseMerkleDefinition.Leaf;
import java.util.Arrays;
import java.util.TreeMap;

/** Collects entries in a sorted map. */
final class InMemoryBulkWriter implements BulkWriter {
  private final InMemoryStore store;
  private final long id;
  private final TreeMap<byte[], Leaf> leaves = new TreeMap<>(Arrays::compareUnsigned);
  private boolean closed;

  InMemoryBulkWriter(InMemoryStore store, long id) {
    this.store = store;
    this.id = id;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    checkOpen();
    InMemoryEntries.checkKey(key);
    InMemoryEntries.checkValue(value);
    if (leaves.putIfAbsent(key, Leaf.of(key, value)) != null) {
      throw new DuplicateKeyException(key);
    }
  }

  @Override
  public BulkStore finish() {
    checkOpen();
    closed = true;
    InMemoryBulk bulk = new InMemoryBulk(new InMemoryEntries(id, leaves));
    store.finished(bulk);
    return bulk;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the bulk writer is finished or closed");
    }
  }
}
