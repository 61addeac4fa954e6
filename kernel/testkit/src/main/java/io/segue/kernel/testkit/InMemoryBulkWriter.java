package io.segue.kernel.testkit;

import io.segue.kernel.api.store.DuplicateKeyException;
import io.segue.kernel.api.store.StateStore.BulkStore;
import io.segue.kernel.api.store.StateStore.BulkWriter;
import io.segue.kernel.testkit.SparseMerkleDefinition.Leaf;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/** Collects entries in a sorted map. */
final class InMemoryBulkWriter implements BulkWriter {
  private static final byte[] NOTHING = {};

  private final InMemoryBulks.Kept kept;
  private final InMemoryBulks bulks;
  private final TreeMap<byte[], Leaf> leaves = new TreeMap<>(Arrays::compareUnsigned);
  private final boolean filledBefore;
  private boolean closed;

  /**
   * @param kept what an earlier writer saved; takes what this one saves
   */
  InMemoryBulkWriter(InMemoryBulks bulks, InMemoryBulks.Kept kept) {
    this.bulks = bulks;
    this.kept = kept;
    kept.entries.subList(kept.saved, kept.entries.size()).clear();
    kept.entries.forEach(leaf -> leaves.put(leaf.key(), leaf));
    this.filledBefore = kept.filled;
  }

  @Override
  public void put(byte[] key, byte[] value) {
    checkFilling();
    InMemoryEntries.checkKey(key);
    InMemoryEntries.checkValue(value);
    Leaf leaf = Leaf.of(key, value);
    if (leaves.putIfAbsent(key, leaf) != null) {
      throw new DuplicateKeyException(key);
    }
    kept.entries.add(leaf);
  }

  @Override
  public void save(byte[] cursor) {
    checkFilling();
    if (cursor.length == 0 || cursor.length > MAX_CURSOR_BYTES) {
      throw new IllegalArgumentException(
          "a cursor has 1 to " + MAX_CURSOR_BYTES + " bytes, this one has " + cursor.length);
    }
    kept.cursor = cursor.clone();
    kept.saved = kept.entries.size();
  }

  @Override
  public byte[] cursor() {
    return kept.cursor.clone();
  }

  @Override
  public boolean filled() {
    return filledBefore;
  }

  @Override
  public Optional<BulkStore> finish(long budgetNs) {
    checkOpen();
    closed = true;
    kept.saved = kept.entries.size();
    kept.filled = true;
    return Optional.of(bulks.completed(leaves));
  }

  @Override
  public double finished() {
    return closed ? 1 : 0;
  }

  @Override
  public void discard() {
    if (!closed) {
      closed = true;
      kept.cursor = NOTHING;
      kept.entries.clear();
      kept.saved = 0;
      kept.filled = false;
    }
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkFilling() {
    checkOpen();
    if (filledBefore) {
      throw new IllegalStateException("all entries are there; finish gives the store");
    }
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the bulk writer is finished or closed");
    }
  }
}
