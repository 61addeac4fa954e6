package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.bulk.BulkStores;
import io.segue.bundles.store.rocksdb.bulk.TreeScan;
import io.segue.bundles.store.rocksdb.change.ChangeSetCache;
import io.segue.bundles.store.rocksdb.commit.CommitInfo;
import io.segue.bundles.store.rocksdb.commit.Committed;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.commit.HeightRecords;
import io.segue.bundles.store.rocksdb.commit.HeightsAbove;
import io.segue.bundles.store.rocksdb.commit.StoreRef;
import io.segue.bundles.store.rocksdb.database.CommitBatch;
import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.EntryRules;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.RowCursor;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.bundles.store.rocksdb.view.RocksView;
import io.segue.bundles.store.rocksdb.view.UndoChanges;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a store back from its rows when it is opened: checks the format, removes what nothing
 * refers to, and builds the trees, whose roots must be those that were committed.
 */
public final class StateLoader {
  private static final Logger LOG = LoggerFactory.getLogger(StateLoader.class);

  private final Database database;
  private final BulkStores bulk;
  private final Set<Integer> leftovers = new TreeSet<>();

  /**
   * @param bulk the bulk writes that were cut off
   */
  StateLoader(Database database, BulkStores bulk) {
    this.database = database;
    this.bulk = bulk;
  }

  /** The last commit. */
  Committed load() {
    checkFormat();
    byte[] head = database.get(Family.META, Rows.HEAD_KEY);
    removeLeftovers(head == null ? 0 : CommitInfo.decode(head).height() + 1);
    PinnedRows rows = new PinnedRows(database);
    if (head == null) {
      return Committed.nothing(rows);
    }
    CommitInfo last = CommitInfo.decode(head);
    HeightRecord index = new HeightRecords().get(rows, last.height());
    return new Committed(last, index, trees(index, rows), rows);
  }

  /** The number that the next store gets. */
  int nextNumber() {
    byte[] row = database.get(Family.META, Rows.NEXT_KEY);
    return row == null ? StoreRef.NO_NUMBER + 1 : ByteBuffer.wrap(row).getInt();
  }

  /** Store numbers whose rows were removed because nothing referred to them. */
  Set<Integer> leftovers() {
    return leftovers;
  }

  private void checkFormat() {
    byte[] format = database.get(Family.META, Rows.FORMAT_KEY);
    if (format == null) {
      try (CommitBatch batch = new CommitBatch(database)) {
        batch.put(Family.META, Rows.FORMAT_KEY, Rows.u32(Rows.FORMAT));
        batch.write();
      }
    } else if (!Arrays.equals(format, Rows.u32(Rows.FORMAT))) {
      throw new IllegalStateException(
          "the state folder "
              + database.directory()
              + " has format "
              + ByteBuffer.wrap(format).getInt()
              + ", this store reads format "
              + Rows.FORMAT
              + "; start the distribution that wrote it, or put a checkpoint of this format in its"
              + " place");
    }
  }

  /**
   * Removes the rows of numbers that no height refers to, but those of complete bulk stores for the
   * next height.
   */
  private void removeLeftovers(long nextHeight) {
    Set<Integer> used = new HashSet<>(bulk.keepFor(nextHeight));
    PinnedRows rows = new PinnedRows(database);
    try (Cursor cursor = rows.cursor(Family.META, Rows.heightKey(0), Rows.heightsEnd(), false)) {
      while (cursor.next()) {
        HeightRecord record = HeightRecord.decode(EntryRules.present(cursor.value()));
        record.stores().values().forEach(entry -> used.add(entry.number()));
      }
    } finally {
      rows.release();
    }
    leftovers.addAll(numbersWithRows(Family.LATEST));
    leftovers.addAll(numbersWithRows(Family.KEYS));
    leftovers.removeAll(used);
    if (leftovers.isEmpty()) {
      return;
    }
    LOG.info("removing the rows of store numbers {}, which no height refers to", leftovers);
    try (CommitBatch batch = new CommitBatch(database)) {
      leftovers.forEach(batch::deleteStore);
      batch.write();
    }
  }

  private Set<Integer> numbersWithRows(Family family) {
    Set<Integer> numbers = new HashSet<>();
    PinnedRows rows = new PinnedRows(database);
    try {
      int from = StoreRef.NO_NUMBER;
      while (true) {
        try (RowCursor cursor =
            rows.cursor(family, Rows.firstRow(from), Rows.firstRow(Rows.NUMBERS_END), false)) {
          if (!cursor.next()) {
            return numbers;
          }
          int number = Rows.numberOf(cursor.row());
          numbers.add(number);
          from = number + 1;
        }
      }
    } finally {
      rows.release();
    }
  }

  private Map<Integer, SparseMerkleTree> trees(HeightRecord index, PinnedRows rows) {
    SortedMap<String, RocksView.Source> sources = new TreeMap<>();
    HeightsAbove later =
        new HeightsAbove(new HeightRecords(), rows, index.height(), index.height());
    UndoChanges none = new UndoChanges(later, StoreRef.NO_NUMBER, new ChangeSetCache(0));
    index
        .stores()
        .forEach(
            (name, entry) ->
                sources.put(name, new RocksView.Source(entry.number(), entry.size(), rows, none)));
    Map<Integer, SparseMerkleTree> trees = new HashMap<>();
    try (RocksView view = new RocksView(index.height(), sources, List.of(), closed -> {})) {
      index.stores().forEach((name, entry) -> trees.put(entry.number(), tree(view, name, entry)));
    }
    return trees;
  }

  private SparseMerkleTree tree(RocksView view, String name, HeightRecord.Entry entry) {
    SparseMerkleTree tree =
        TreeScan.tree(view.store(name).iterate(new byte[0], null, false), count -> {});
    if (!Arrays.equals(tree.root(), entry.root())) {
      throw new DamagedStoreException(
          "the rows of store " + name + " do not give the root of height " + view.height());
    }
    return tree;
  }
}
