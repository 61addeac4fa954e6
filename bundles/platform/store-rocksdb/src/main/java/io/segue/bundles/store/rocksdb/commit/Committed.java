package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.HeightUnavailableException;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that the last commit made visible, published by one reference: whoever holds it reads the
 * same height everywhere, whatever is committed meanwhile.
 *
 * @param head height, oldest height and metadata
 * @param index names, numbers and roots at this height
 * @param trees by store number, for all stores of the index
 * @param rows the rows as this commit left them
 */
public record Committed(
    CommitInfo head, HeightRecord index, Map<Integer, SparseMerkleTree> trees, PinnedRows rows) {
  /** The height of a store where nothing was ever committed. */
  public static final long NOTHING = -1;

  /** What there is before the first commit. */
  public static Committed nothing(PinnedRows rows) {
    HeightRecord index = new HeightRecord(NOTHING, AppHash.of(new TreeMap<>()), new TreeMap<>());
    return new Committed(new CommitInfo(NOTHING, NOTHING, Map.of()), index, Map.of(), rows);
  }

  public long height() {
    return head.height();
  }

  public long oldest() {
    return head.oldest();
  }

  /**
   * What the kernel kept beside the state of a height; the caller holds the rows.
   *
   * @throws HeightUnavailableException where it is above this height or pruned
   */
  public Map<String, byte[]> metadata(long height) {
    if (height == height()) {
      return head.metadata();
    }
    if (height < oldest() || height > height()) {
      throw new HeightUnavailableException(height, oldest(), height());
    }
    byte[] row = rows.get(Family.META, Rows.metadataKey(height));
    if (row == null) {
      throw new DamagedStoreException("the metadata of height " + height + " are missing");
    }
    return Metadata.decode(row);
  }

  /** The tree of a store that has a name at this height. */
  public SparseMerkleTree tree(int number) {
    SparseMerkleTree tree = trees.get(number);
    if (tree == null) {
      throw new IllegalStateException("no tree of store number " + number);
    }
    return tree;
  }
}
