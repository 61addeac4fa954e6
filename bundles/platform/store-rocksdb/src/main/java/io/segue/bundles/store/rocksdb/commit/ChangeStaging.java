package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.bulk.RocksBulkStore;
import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.EntryRules;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.LeafBatch;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.IndexChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Works out what changes would make of the last committed state. */
public final class ChangeStaging {
  /** Changes that go into the tree in one step. */
  private static final int BATCH = 1 << 20;

  private final Database database;
  private final Committed committed;
  private final Set<RocksBulkStore> free;

  /**
   * @param free the bulk stores that can be adopted
   */
  public ChangeStaging(Database database, Committed committed, Set<RocksBulkStore> free) {
    this.database = database;
    this.committed = committed;
    this.free = free;
  }

  public RocksStaged stage(List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    SortedMap<String, StoreRef> refs = StoreRef.index(committed, index, free);
    for (String name : changes.keySet()) {
      if (!refs.containsKey(name)) {
        throw new IllegalArgumentException("no store " + name + "; there are " + refs.keySet());
      }
    }
    SortedMap<String, RocksStaged.Store> stores = new TreeMap<>();
    refs.forEach(
        (name, ref) -> stores.put(name, store(ref, changes.getOrDefault(name, List.of()))));
    Set<RocksBulkStore> adopted = new HashSet<>();
    for (IndexChange change : index) {
      if (change instanceof IndexChange.Adopt adopt
          && adopt.bulk() instanceof RocksBulkStore bulk) {
        adopted.add(bulk);
      }
    }
    return new RocksStaged(committed, stores, adopted);
  }

  private RocksStaged.Store store(StoreRef ref, List<Change> changes) {
    List<Change> effective = effective(ref, changes);
    if (effective.isEmpty()) {
      return new RocksStaged.Store(ref, ref.tree(), effective, List.of());
    }
    List<byte[]> section = ref.isBorn() ? List.of() : ChangeSet.rows(effective);
    return new RocksStaged.Store(ref, with(ref.tree(), effective), effective, section);
  }

  private static SparseMerkleTree with(SparseMerkleTree tree, List<Change> changes) {
    SparseMerkleTree result = tree;
    for (int from = 0; from < changes.size(); from += BATCH) {
      List<Change> part = changes.subList(from, Math.min(changes.size(), from + BATCH));
      result =
          result.with(LeafBatch.of(i -> part.get(i).key(), i -> part.get(i).value(), part.size()));
    }
    return result;
  }

  /** The changes that change something, each with its old value. */
  private List<Change> effective(StoreRef ref, List<Change> changes) {
    checkOrder(changes);
    List<Change> effective = new ArrayList<>(changes.size());
    for (Change change : OldValues.of(changes, keys -> read(ref, keys))) {
      if (!Arrays.equals(change.oldValue(), change.value())) {
        effective.add(change);
      }
    }
    return effective;
  }

  private static void checkOrder(List<Change> changes) {
    byte[] previous = new byte[0];
    for (Change change : changes) {
      EntryRules.check(change.key(), change.value());
      if (Arrays.compareUnsigned(previous, change.key()) >= 0) {
        throw new IllegalArgumentException(
            "changes are not in order of keys at " + HexFormat.of().formatHex(change.key()));
      }
      previous = change.key();
    }
  }

  private List<byte @Nullable []> read(StoreRef ref, List<byte[]> keys) {
    if (ref.number() == StoreRef.NO_NUMBER) {
      return Collections.nCopies(keys.size(), null);
    }
    List<byte[]> rows = new ArrayList<>(keys.size());
    keys.forEach(key -> rows.add(Rows.row(ref.number(), key)));
    return ref.bulk() == null
        ? committed.rows().get(Family.LATEST, rows)
        : database.get(Family.LATEST, rows);
  }
}
