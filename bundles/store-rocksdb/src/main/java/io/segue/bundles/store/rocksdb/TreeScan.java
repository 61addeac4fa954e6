package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.tree.LeafPipeline;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.bundles.store.rocksdb.tree.TreeBuilder;
import io.segue.kernel.api.module.KVIterator;

/** Builds a tree from the entries of a store. */
final class TreeScan {
  private TreeScan() {}

  /**
   * @param entries all entries; closed at the end
   */
  static SparseMerkleTree tree(KVIterator entries) {
    TreeBuilder builder = new TreeBuilder();
    LeafPipeline pipeline = new LeafPipeline((keys, leaves) -> builder.add(leaves));
    try (entries) {
      while (entries.next()) {
        pipeline.add(entries.key(), entries.value());
      }
    }
    pipeline.finish();
    return builder.build();
  }
}
