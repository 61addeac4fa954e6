package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.bulk.RocksBulkStore;
import io.segue.bundles.store.rocksdb.database.EntryRules;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.IndexChange;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a name stands for while changes of the index are worked out.
 *
 * @param number the store's number; {@link #NO_NUMBER} while it has none
 * @param tree its tree before the changes of keys
 * @param bulk what it was adopted from, where it was
 */
public record StoreRef(int number, SparseMerkleTree tree, @Nullable RocksBulkStore bulk) {
  /** A new store gets its number when it is committed. */
  public static final int NO_NUMBER = 0;

  /**
   * The index of the last commit with changes, in order.
   *
   * @param free the bulk stores that can be adopted
   * @throws IllegalArgumentException for a name that is unknown, in use, or can't be one
   */
  public static SortedMap<String, StoreRef> index(
      Committed committed, List<IndexChange> changes, Set<RocksBulkStore> free) {
    SortedMap<String, StoreRef> index = new TreeMap<>();
    committed
        .index()
        .stores()
        .forEach(
            (name, entry) ->
                index.put(
                    name, new StoreRef(entry.number(), committed.tree(entry.number()), null)));
    Set<RocksBulkStore> left = new HashSet<>(free);
    for (IndexChange change : changes) {
      if (change instanceof IndexChange.Add add) {
        putNew(index, add.name(), new StoreRef(NO_NUMBER, SparseMerkleTree.EMPTY, null));
      } else if (change instanceof IndexChange.Rename rename) {
        putNew(index, rename.newName(), take(index, rename.name()));
      } else if (change instanceof IndexChange.Delete delete) {
        take(index, delete.name());
      } else if (change instanceof IndexChange.Adopt adopt) {
        index.put(EntryRules.checkName(adopt.name()), adopted(adopt, left));
      }
    }
    return index;
  }

  /** Whether no committed index knows it. */
  boolean isBorn() {
    return number == NO_NUMBER || bulk != null;
  }

  private static StoreRef adopted(IndexChange.Adopt adopt, Set<RocksBulkStore> left) {
    if (!(adopt.bulk() instanceof RocksBulkStore bulk) || !left.remove(bulk)) {
      throw new IllegalArgumentException(
          "the bulk store for " + adopt.name() + " was dropped, adopted before, or is another's");
    }
    return new StoreRef(bulk.number(), bulk.tree(), bulk);
  }

  private static void putNew(SortedMap<String, StoreRef> index, String name, StoreRef store) {
    if (index.putIfAbsent(EntryRules.checkName(name), store) != null) {
      throw new IllegalArgumentException("there is a store " + name + " already");
    }
  }

  private static StoreRef take(SortedMap<String, StoreRef> index, String name) {
    StoreRef store = index.remove(name);
    if (store == null) {
      throw new IllegalArgumentException("no store " + name + "; there are " + index.keySet());
    }
    return store;
  }
}
