package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.database.RowCursor;
import io.segue.bundles.store.rocksdb.tree.LeafPipeline;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.bundles.store.rocksdb.tree.TreeBuilder;
import io.segue.kernel.api.module.KVIterator;
import java.util.function.LongConsumer;

/** Builds a tree from the entries of a store. */
public final class TreeScan {
  /** EntryRules between two reports of how many were read. */
  private static final int ENTRIES_PER_REPORT = 1 << 14;

  private TreeScan() {}

  /**
   * @param entries all entries; closed at the end
   * @param read told now and then, and at the end, how many entries were read
   */
  public static SparseMerkleTree tree(KVIterator entries, LongConsumer read) {
    TreeBuilder builder = new TreeBuilder();
    LeafPipeline pipeline = new LeafPipeline((keys, leaves) -> builder.add(leaves));
    long count = 0;
    try (entries) {
      while (entries.next()) {
        pipeline.add(entries.key(), entries.value());
        if (++count % ENTRIES_PER_REPORT == 0) {
          read.accept(count);
        }
      }
    }
    read.accept(count);
    pipeline.finish();
    return builder.build();
  }

  /**
   * @param rows all rows of a store
   * @param read as above
   */
  static SparseMerkleTree tree(RowCursor rows, LongConsumer read) {
    return tree(new RowIterator(rows), read);
  }

  private record RowIterator(RowCursor rows) implements KVIterator {
    @Override
    public boolean next() {
      return rows.next();
    }

    @Override
    public byte[] key() {
      return rows.key();
    }

    @Override
    public byte[] value() {
      return rows.value();
    }

    @Override
    public void close() {
      rows.close();
    }
  }
}
