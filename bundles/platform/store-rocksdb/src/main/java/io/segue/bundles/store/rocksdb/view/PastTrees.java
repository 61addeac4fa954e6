package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.bulk.TreeScan;
import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.change.ChangeSetCache;
import io.segue.bundles.store.rocksdb.change.ChangeSetCursor;
import io.segue.bundles.store.rocksdb.commit.Committed;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.MergingCursor;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.tree.LeafBatch;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import java.lang.ref.SoftReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Trees of past heights: the tree of a later height with the changes since then undone. The last
 * few that were needed are kept while there is memory, those of the height before the last commit
 * among them.
 *
 * <p>Thread safety: any thread; one at a time builds.
 */
public final class PastTrees {
  /** Trees that are kept; each holds what it does not share with the others. */
  private static final int KEPT = 16;

  /** Heights that are undone in one step. */
  private static final int HEIGHTS_AT_ONCE = 256;

  /** Changes that are undone in one step. */
  private static final int BATCH = 1 << 16;

  private final ChangeSetCache sections;
  private final LinkedHashMap<Place, SoftReference<SparseMerkleTree>> kept =
      new LinkedHashMap<>(KEPT, 0.75f, true);
  private final Object building = new Object();

  public PastTrees(ChangeSetCache sections) {
    this.sections = sections;
  }

  /** The tree of a store that has a number at this height. */
  SparseMerkleTree tree(PinnedHeight height, int number) {
    if (height.later().isEmpty()) {
      return height.committed().tree(number);
    }
    synchronized (building) {
      SparseMerkleTree tree = kept(number, height.record().height());
      if (tree == null) {
        tree = build(height, number);
        keep(number, height.record().height(), tree);
      }
      return tree;
    }
  }

  private SparseMerkleTree build(PinnedHeight height, int number) {
    Committed committed = height.committed();
    List<Long> undo = new ArrayList<>();
    SparseMerkleTree start = null;
    for (HeightRecord later : height.later()) {
      HeightRecord.Entry entry = later.byNumber(number);
      if (entry == null) {
        break;
      }
      if (entry.changed()) {
        undo.add(later.height());
      }
      start =
          later.height() == committed.height()
              ? committed.tree(number)
              : kept(number, later.height());
      if (start != null) {
        break;
      }
    }
    if (start == null) {
      start = scan(height.view(), committed.rows(), number);
    }
    SparseMerkleTree tree = start;
    for (int to = undo.size(); to > 0; to -= HEIGHTS_AT_ONCE) {
      tree = undone(height, number, tree, undo.subList(Math.max(0, to - HEIGHTS_AT_ONCE), to));
    }
    return tree;
  }

  /** The tree of a store that has no name any more, as its last height left it. */
  private static SparseMerkleTree scan(RocksView view, PinnedRows rows, int number) {
    Cursor cursor = view.open(() -> rows.cursor(number, new byte[0], null, false));
    return TreeScan.tree(new ViewIterator(view, cursor), count -> {});
  }

  /** The tree with what some heights changed undone. */
  private SparseMerkleTree undone(
      PinnedHeight height, int number, SparseMerkleTree start, List<Long> heights) {
    RocksView view = height.view();
    PinnedRows rows = height.committed().rows();
    Cursor merged = view.open(() -> new MergingCursor(layers(rows, number, heights), false));
    SparseMerkleTree tree = start;
    List<byte[]> keys = new ArrayList<>();
    List<byte @Nullable []> values = new ArrayList<>();
    while (view.read(merged::next)) {
      keys.add(merged.key());
      values.add(merged.value());
      if (keys.size() == BATCH) {
        tree = tree.with(LeafBatch.of(keys::get, values::get, keys.size()));
        keys.clear();
        values.clear();
      }
    }
    view.close(merged);
    return tree.with(LeafBatch.of(keys::get, values::get, keys.size()));
  }

  private List<Cursor> layers(PinnedRows rows, int number, List<Long> heights) {
    List<Cursor> layers = new ArrayList<>();
    for (long height : heights) {
      ChangeSet section = new ChangeSet(rows, height, number, sections);
      layers.add(new ChangeSetCursor(section, new byte[0], null, false));
    }
    return layers;
  }

  synchronized @Nullable SparseMerkleTree kept(int number, long height) {
    SoftReference<SparseMerkleTree> reference = kept.get(new Place(number, height));
    return reference == null ? null : reference.get();
  }

  public synchronized void keep(int number, long height, SparseMerkleTree tree) {
    kept.put(new Place(number, height), new SoftReference<>(tree));
    if (kept.size() > KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
  }

  public synchronized void clear() {
    kept.clear();
  }

  private record Place(int number, long height) {}
}
