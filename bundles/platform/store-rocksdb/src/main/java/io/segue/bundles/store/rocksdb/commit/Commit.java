package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.database.CommitBatch;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One commit: gives numbers to new stores, and puts everything that becomes visible, and everything
 * that is pruned with it, into one batch.
 *
 * <p>Thread safety: block thread.
 */
public final class Commit {
  private final Database database;
  private final HeightRecords records;
  private final Committed before;
  private final RocksStaged staged;
  private final CommitInfo head;
  private final List<Commit> unsure;
  private final SortedMap<Integer, RocksStaged.Store> stores = new TreeMap<>();
  private final HeightRecord index;
  private final List<Integer> freed = new ArrayList<>();
  private int nextNumber;

  /**
   * @param records the indexes of the heights before
   * @param nextNumber what the first new store gets
   * @param unsure the commits of this height that failed before this one, of which nobody knows
   *     what is on the disk
   */
  public Commit(
      Database database,
      HeightRecords records,
      Committed before,
      RocksStaged staged,
      CommitInfo head,
      int nextNumber,
      List<Commit> unsure) {
    this.database = database;
    this.staged = staged;
    // The same again is written over itself.
    this.unsure = unsure.stream().filter(other -> other.staged != staged).toList();
    this.records = records;
    this.before = before;
    this.head = head;
    this.nextNumber = nextNumber;
    SortedMap<String, HeightRecord.Entry> entries = new TreeMap<>();
    staged.stores().forEach((name, store) -> entries.put(name, numbered(store)));
    this.index = new HeightRecord(head.height(), staged.appHash(), entries);
  }

  private HeightRecord.Entry numbered(RocksStaged.Store store) {
    int number = store.before().number();
    boolean born = store.before().isBorn();
    if (number == StoreRef.NO_NUMBER) {
      number = nextNumber++;
    }
    stores.put(number, store);
    return new HeightRecord.Entry(
        number, store.tree().size(), store.tree().root(), born, store.section().size());
  }

  public int nextNumber() {
    return nextNumber;
  }

  /** Store numbers whose rows are removed, because no height that can be read names them. */
  public List<Integer> freed() {
    return freed;
  }

  /** Makes it durable; returns what is visible from now on. */
  public Committed write() {
    try (CommitBatch batch = new CommitBatch(database)) {
      unsure.forEach(other -> other.undo(batch));
      batch.put(Family.META, Rows.NEXT_KEY, Rows.u32(nextNumber));
      // Those that are written ahead come first: the batch holds nothing that a reader knows yet.
      stores.forEach(
          (number, store) -> {
            if (store.before().number() == StoreRef.NO_NUMBER) {
              batch.changes(number, store.changes(), true);
            }
          });
      stores.forEach(
          (number, store) -> {
            if (store.before().number() != StoreRef.NO_NUMBER) {
              batch.changes(number, store.changes(), false);
            }
            for (int row = 0; row < store.section().size(); row++) {
              batch.put(
                  Family.CHANGES,
                  Rows.changesKey(number, head.height(), row),
                  store.section().get(row));
            }
          });
      batch.put(Family.META, Rows.HEAD_KEY, head.encode());
      batch.put(Family.META, Rows.heightKey(head.height()), index.encode());
      batch.put(Family.META, Rows.metadataKey(head.height()), Metadata.encode(head.metadata()));
      prune(batch);
      batch.write();
    }
    Map<Integer, SparseMerkleTree> trees = new HashMap<>();
    stores.forEach((number, store) -> trees.put(number, store.tree()));
    return new Committed(head, index, trees, new PinnedRows(database));
  }

  /** The commits of this height that may be on the disk if this one fails as well. */
  public List<Commit> amongFailed() {
    List<Commit> all = new ArrayList<>(unsure);
    all.add(this);
    return all;
  }

  /** Takes back every row that this would have written and another commit need not write. */
  private void undo(CommitBatch batch) {
    stores.forEach(
        (number, store) -> {
          if (store.before().number() == StoreRef.NO_NUMBER) {
            batch.deleteStore(number);
          } else {
            batch.changes(number, store.changes().stream().map(Commit::undone).toList(), false);
          }
          for (int row = 0; row < store.section().size(); row++) {
            batch.delete(Family.CHANGES, Rows.changesKey(number, head.height(), row));
          }
        });
  }

  private static Change undone(Change change) {
    return new Change(change.key(), change.oldValue(), true, change.value());
  }

  /** Removes what only heights below the oldest one need. */
  private void prune(CommitBatch batch) {
    if (before.height() == Committed.NOTHING) {
      return;
    }
    for (long height = before.oldest(); height < head.oldest(); height++) {
      HeightRecord pruned = record(height);
      HeightRecord next = record(height + 1);
      batch.delete(Family.META, Rows.heightKey(height));
      batch.delete(Family.META, Rows.metadataKey(height));
      for (HeightRecord.Entry entry : next.stores().values()) {
        for (int row = 0; row < entry.sectionRows(); row++) {
          batch.delete(Family.CHANGES, Rows.changesKey(entry.number(), height + 1, row));
        }
      }
      for (HeightRecord.Entry entry : pruned.stores().values()) {
        if (next.byNumber(entry.number()) == null) {
          batch.deleteStore(entry.number());
          freed.add(entry.number());
        }
      }
    }
  }

  private HeightRecord record(long height) {
    return height == index.height() ? index : records.pass(before.rows(), height);
  }
}
