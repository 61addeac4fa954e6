package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.BulkStore;

/** A store whose rows are all in RocksDB under a number that no index names yet. */
public final class RocksBulkStore implements BulkStore {
  private final int number;
  private final SparseMerkleTree tree;

  RocksBulkStore(int number, SparseMerkleTree tree) {
    this.number = number;
    this.tree = tree;
  }

  public int number() {
    return number;
  }

  public SparseMerkleTree tree() {
    return tree;
  }

  @Override
  public byte[] root() {
    return tree.root();
  }

  @Override
  public long size() {
    return tree.size();
  }
}
