package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.BulkStore;

/** A store whose rows are all in RocksDB under a number that no index names yet. */
final class RocksBulkStore implements BulkStore {
  private final int number;
  private final SparseMerkleTree tree;

  RocksBulkStore(int number, SparseMerkleTree tree) {
    this.number = number;
    this.tree = tree;
  }

  int number() {
    return number;
  }

  SparseMerkleTree tree() {
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
