package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.bulk.BulkStores;
import io.segue.bundles.store.rocksdb.bulk.TreeScan;
import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.commit.ChangeStaging;
import io.segue.bundles.store.rocksdb.commit.Commit;
import io.segue.bundles.store.rocksdb.commit.CommitInfo;
import io.segue.bundles.store.rocksdb.commit.Committed;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.commit.RocksStaged;
import io.segue.bundles.store.rocksdb.commit.Rollback;
import io.segue.bundles.store.rocksdb.commit.StoreRef;
import io.segue.bundles.store.rocksdb.database.CommitBatch;
import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.database.SpaceReclaimer;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.bundles.store.rocksdb.view.ChangedKeys;
import io.segue.bundles.store.rocksdb.view.LayeredReader;
import io.segue.bundles.store.rocksdb.view.PinnedHeight;
import io.segue.bundles.store.rocksdb.view.Prover;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongConsumer;

/**
 * A {@link StateStore} on RocksDB.
 *
 * <ul>
 *   <li><b>Rows.</b> The latest value of every key is a row under its store's number; {@link Rows}
 *       draws them all. A commit is one synced batch of the rows that change, a {@link ChangeSet}
 *       for each store with the values before and after, and the {@link HeightRecord} with the
 *       index.
 *   <li><b>The past.</b> A view of an earlier height reads the latest rows through the sections of
 *       the heights above it ({@link LayeredReader}); so keeping a height costs what it changed.
 *   <li><b>Trees.</b> Each store's {@link io.segue.bundles.store.rocksdb.tree.SparseMerkleTree} is
 *       in memory, derived from the rows and built again when the store is opened. Trees never
 *       change: a staging has its own, and a proof holds the one of its height.
 *   <li><b>Numbers.</b> The index maps names to numbers, which are never used twice. A bulk writer
 *       fills a number that no index names; a number that no readable height names is removed with
 *       the commit that prunes the last one that did.
 * </ul>
 *
 * <p>Thread safety: as {@link StateStore} says; {@link VersionSet} keeps readers and the block
 * thread apart.
 */
public final class RocksStateStore implements StateStore {
  private final Database database;
  private final StoreOptions options;
  private final SpaceReclaimer space;
  private final VersionSet versions;
  private final BulkStores bulk;
  private int nextNumber;

  /** What failed of the commits of the next height, each once. */
  private List<Commit> unsure = List.of();

  private RocksStateStore(Database database, StoreOptions options) {
    this.database = database;
    this.options = options;
    this.space = new SpaceReclaimer(database);
    this.bulk = new BulkStores(database, space);
    StateLoader loader = new StateLoader(database, bulk);
    this.versions = new VersionSet(database, loader);
    this.nextNumber = loader.nextNumber();
    space.deleted(loader.leftovers());
  }

  /**
   * Opens the store in a folder, which is made where it does not exist.
   *
   * @throws UncheckedIOException where it can't be opened, for instance because another one has it
   * @throws DamagedStoreException where its rows do not give the roots that were committed
   */
  public static RocksStateStore open(Path directory, StoreOptions options) {
    return open(Database.open(directory, options), options);
  }

  /** Opens the store on a database that is its own from now on. */
  static RocksStateStore open(Database database, StoreOptions options) {
    try {
      return new RocksStateStore(database, options);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public long height() {
    return versions.committed().height();
  }

  @Override
  public long oldestHeight() {
    return versions.committed().oldest();
  }

  @Override
  public byte[] appHash(long height) {
    return versions.record(height).appHash().clone();
  }

  @Override
  public Map<String, byte[]> metadata() {
    return versions.committed().head().metadata();
  }

  @Override
  public Map<String, byte[]> metadata(long height) {
    Committed now = versions.hold();
    try {
      return now.metadata(height);
    } finally {
      now.rows().release();
    }
  }

  @Override
  public SortedMap<String, byte[]> roots(long height) {
    return versions.record(height).roots();
  }

  @Override
  public StateView view(long height) {
    return versions.pin(height).view();
  }

  @Override
  public StateView view(List<IndexChange> pending) {
    Committed now = versions.hold();
    SortedMap<String, StoreRef> index;
    try {
      index = StoreRef.index(now, pending, bulk.free());
    } catch (IllegalArgumentException e) {
      now.rows().release();
      throw e;
    }
    return versions.view(now, index);
  }

  @Override
  public Staged stage(List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    Committed now = versions.hold();
    try {
      return new ChangeStaging(database, now, bulk.free()).stage(index, changes);
    } finally {
      now.rows().release();
    }
  }

  @Override
  public void commit(Staged staged, long height, Map<String, byte[]> metadata) {
    RocksStaged state = (RocksStaged) staged;
    Committed before = versions.committed();
    checkCommit(state, before, height);
    long oldest =
        before.height() == Committed.NOTHING
            ? height
            : options.pruning().oldest(before.oldest(), height);
    CommitInfo head = new CommitInfo(height, oldest, Map.copyOf(metadata));
    Commit commit =
        new Commit(database, versions.records(), before, state, head, nextNumber, unsure);
    unsure = commit.amongFailed();
    Committed after = commit.write();
    unsure = List.of();
    nextNumber = commit.nextNumber();
    bulk.committed(height, state.adopted());
    versions.publish(after);
    space.deleted(commit.freed());
  }

  @Override
  public void rollback() {
    requireNoViews("rolled back");
    new Rollback(database, versions.committed(), versions.sections()).write();
    bulk.clear();
    StateLoader loader = new StateLoader(database, bulk);
    versions.reload(loader);
    space.deleted(loader.leftovers());
  }

  @SuppressWarnings("ReferenceEquality") // The state itself, not one like it.
  private void checkCommit(RocksStaged staged, Committed before, long height) {
    if (staged.base() != before || staged.isDropped()) {
      throw new IllegalStateException(
          "the staging was dropped or is not based on the last committed state; stage again");
    }
    if (!bulk.free().containsAll(staged.adopted())) {
      throw new IllegalStateException("the staging adopts a bulk store that was dropped");
    }
    if (before.height() == Committed.NOTHING ? height < 0 : height != before.height() + 1) {
      throw new IllegalArgumentException(
          "height " + height + " can't be committed after height " + before.height());
    }
  }

  @Override
  public void drop(Staged staged) {
    RocksStaged state = (RocksStaged) staged;
    state.dropped();
    bulk.dropped(state.adopted());
  }

  @Override
  public BulkWriter bulkWriter() {
    return bulk.writer(takeNumber());
  }

  @Override
  public BulkWriter bulkWriter(BulkIdentity identity) {
    return bulk.writer(identity, this::takeNumber);
  }

  /** A store number that is never used again, whatever becomes of it. */
  private int takeNumber() {
    int number = nextNumber++;
    try (CommitBatch batch = new CommitBatch(database)) {
      batch.put(Family.META, Rows.NEXT_KEY, Rows.u32(nextNumber));
      batch.write();
    }
    return number;
  }

  @Override
  public List<ProofOp> prove(String store, byte[] key, long height) {
    try (PinnedHeight pinned = versions.pin(height)) {
      return new Prover(pinned, store, versions.pastTrees()).prove(key);
    }
  }

  @Override
  public List<Subtree> subtrees(String store, long height, byte[] prefix) {
    try (PinnedHeight pinned = versions.pin(height)) {
      return new Prover(pinned, store, versions.pastTrees()).subtrees(prefix);
    }
  }

  @Override
  public List<byte[]> keysBelow(String store, long height, byte[] prefix, int limit) {
    try (PinnedHeight pinned = versions.pin(height)) {
      return new Prover(pinned, store, versions.pastTrees()).keysBelow(prefix, limit);
    }
  }

  @Override
  public void changedSince(long height, KeyVisitor visitor) {
    try (PinnedHeight pinned = versions.pin(height)) {
      new ChangedKeys(pinned, versions.sections()).visit(visitor);
    }
  }

  @Override
  public byte[] rootOf(StoreReader entries, LongConsumer read) {
    return TreeScan.tree(entries.iterate(new byte[0], null, false), read).root();
  }

  @Override
  public void checkpoint(Path directory) throws IOException {
    if (Files.exists(directory)) {
      throw new IOException("a checkpoint needs a new folder, but there is " + directory);
    }
    Files.createDirectories(directory.toAbsolutePath().getParent());
    database.checkpoint(directory);
  }

  @Override
  public void clear() {
    requireNoViews("cleared");
    try (CommitBatch batch = new CommitBatch(database)) {
      batch.deleteEverything();
      batch.write();
    }
    unsure = List.of();
    space.deleted(versions.committed().trees().keySet());
    versions.clear();
    bulk.clear();
  }

  @Override
  public void close() {
    space.close();
    versions.close();
    database.close();
  }

  private void requireNoViews(String what) {
    if (versions.openViews() > 0) {
      throw new IllegalStateException(
          versions.openViews() + " views are open; close them before the store is " + what);
    }
  }
}
