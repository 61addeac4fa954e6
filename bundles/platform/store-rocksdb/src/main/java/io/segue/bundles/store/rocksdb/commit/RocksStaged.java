package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.bulk.RocksBulkStore;
import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateStore.Staged;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a commit would make of the state; nothing of it is written but the rows of bulk stores.
 *
 * <p>Thread safety: block thread.
 */
public final class RocksStaged implements Staged {
  private final Committed base;
  private final SortedMap<String, Store> stores;
  private final Set<RocksBulkStore> adopted;
  private final byte[] appHash;
  private boolean dropped;

  /**
   * @param adopted the bulk stores that its changes of the index adopt, under whatever name
   */
  RocksStaged(Committed base, SortedMap<String, Store> stores, Set<RocksBulkStore> adopted) {
    this.base = base;
    this.stores = stores;
    this.adopted = new HashSet<>(adopted);
    this.appHash = AppHash.of(roots());
  }

  public Committed base() {
    return base;
  }

  SortedMap<String, Store> stores() {
    return stores;
  }

  public Set<RocksBulkStore> adopted() {
    return adopted;
  }

  public void dropped() {
    dropped = true;
  }

  public boolean isDropped() {
    return dropped;
  }

  @Override
  public byte[] appHash() {
    return appHash.clone();
  }

  @Override
  public SortedMap<String, byte[]> roots() {
    SortedMap<String, byte[]> roots = new TreeMap<>();
    stores.forEach((name, store) -> roots.put(name, store.tree().root()));
    return roots;
  }

  /**
   * One of the stores.
   *
   * @param before what it was
   * @param tree its tree with the changes
   * @param changes what really changes, sorted by key, with old values
   * @param section the same as rows of a {@link ChangeSet}; none where nothing changes or the
   *     number is new
   */
  record Store(
      StoreRef before, SparseMerkleTree tree, List<Change> changes, List<byte[]> section) {}
}
