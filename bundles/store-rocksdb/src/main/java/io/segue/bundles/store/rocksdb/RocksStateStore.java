package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.Database.Family;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A {@link StateStore} on RocksDB.
 *
 * <ul>
 *   <li><b>Rows.</b> The latest value of every key is a row under its store's number; {@link Rows}
 *       draws them all. A commit is one synced batch of the rows that change, a {@link
 *       ChangeSection} for each store with the values before and after, and the {@link
 *       HeightRecord} with the index.
 *   <li><b>The past.</b> A view of an earlier height reads the latest rows through the sections of
 *       the heights above it ({@link LayeredReader}); so keeping a height costs what it changed.
 *   <li><b>Trees.</b> Each store's {@link io.segue.bundles.store.rocksdb.tree.SparseMerkleTree} is
 *       in memory, derived from the rows and built anew when the store is opened. Trees never
 *       change: a staging has its own, and a proof holds the one of its height.
 *   <li><b>Numbers.</b> The index maps names to numbers, which are never used twice. A bulk writer
 *       fills a number that no index names; a number that no readable height names is removed with
 *       the commit that prunes the last one that did.
 * </ul>
 *
 * <p>Thread safety: {@link #committed} is the one reference that a commit changes; it holds the
 * rows, the trees and the index of one height, and readers work with what they found there. What
 * the block thread alone does is said in {@link StateStore}.
 */
public final class RocksStateStore implements StateStore {
  private static final String BULK_FOLDER = "bulk";

  private final Database database;
  private final StoreOptions options;
  private final Path bulkFolder;
  private final ConcurrentNavigableMap<Long, HeightRecord> records = new ConcurrentSkipListMap<>();
  private final SectionCache sections = new SectionCache(SectionCache.DEFAULT_MAX_BYTES);
  private final PastTrees pastTrees = new PastTrees(sections);
  private final Set<RocksView> views = ConcurrentHashMap.newKeySet();
  private final Set<RocksBulkStore> freeBulkStores = ConcurrentHashMap.newKeySet();
  private int nextNumber;
  private volatile Committed committed;
  private volatile boolean closed;

  private RocksStateStore(Database database, StoreOptions options) {
    this.database = database;
    this.options = options;
    this.bulkFolder = database.directory().resolve(BULK_FOLDER);
    removeBulkFolders();
    StateLoader loader = new StateLoader(database);
    this.committed = loader.load(records);
    this.nextNumber = loader.nextNumber();
  }

  /**
   * Opens the store in a folder, which is made where it does not exist.
   *
   * @throws UncheckedIOException where it can't be opened, for instance because another one has it
   * @throws DamagedStoreException where its rows do not give the roots that were committed
   */
  public static RocksStateStore open(Path directory, StoreOptions options) {
    Database database = Database.open(directory, options);
    try {
      return new RocksStateStore(database, options);
    } catch (RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public long height() {
    return committed.height();
  }

  @Override
  public long oldestHeight() {
    return committed.oldest();
  }

  @Override
  public byte[] appHash(long height) {
    return record(height).appHash().clone();
  }

  @Override
  public Map<String, byte[]> metadata() {
    return committed.head().metadata();
  }

  @Override
  public SortedMap<String, byte[]> roots(long height) {
    return record(height).roots();
  }

  @Override
  public StateView view(long height) {
    return pin(height).view();
  }

  @Override
  public StateView view(List<IndexChange> pending) {
    Committed now = hold();
    PinnedRows fresh = new PinnedRows(database);
    try {
      SortedMap<String, RocksView.Source> sources = new TreeMap<>();
      StoreRef.index(now, pending, freeBulkStores)
          .forEach(
              (name, ref) ->
                  sources.put(
                      name,
                      source(
                          ref.number(),
                          ref.tree().size(),
                          ref.bulk() == null ? now.rows() : fresh,
                          List.of())));
      return opened(
          new RocksView(now.height(), sources, List.of(now.rows(), fresh), views::remove));
    } catch (RuntimeException e) {
      now.rows().release();
      fresh.release();
      throw e;
    }
  }

  @Override
  public Staged stage(List<IndexChange> index, SortedMap<String, List<Change>> changes) {
    Committed now = hold();
    try {
      return new Stager(database, now, freeBulkStores).stage(index, changes);
    } finally {
      now.rows().release();
    }
  }

  @Override
  public void commit(Staged staged, long height, Map<String, byte[]> metadata) {
    RocksStaged state = (RocksStaged) staged;
    Committed before = committed;
    checkCommit(state, before, height);
    long oldest =
        before.height() == Committed.NOTHING
            ? height
            : Math.max(before.oldest(), height - options.keepHeights() + 1);
    Head head = new Head(height, oldest, Map.copyOf(metadata));
    Commit commit = new Commit(database, records, before, state, head, nextNumber);
    Committed after = commit.write();
    nextNumber = commit.nextNumber();
    freeBulkStores.removeAll(state.adopted());
    publish(before, after);
  }

  private void checkCommit(RocksStaged staged, Committed before, long height) {
    if (staged.base() != before || staged.isDropped()) {
      throw new IllegalStateException(
          "the staging was dropped or is not based on the last committed state; stage again");
    }
    if (!freeBulkStores.containsAll(staged.adopted())) {
      throw new IllegalStateException("the staging adopts a bulk store that was dropped");
    }
    if (before.height() == Committed.NOTHING ? height < 0 : height != before.height() + 1) {
      throw new IllegalArgumentException(
          "height " + height + " can't be committed after height " + before.height());
    }
  }

  private void publish(Committed before, Committed after) {
    records.put(after.height(), after.index());
    committed = after;
    records.headMap(after.oldest()).clear();
    before
        .trees()
        .forEach(
            (number, tree) -> {
              if (after.trees().get(number) != tree) {
                pastTrees.keep(number, before.height(), tree);
              }
            });
    before.rows().release();
  }

  @Override
  public void drop(Staged staged) {
    RocksStaged state = (RocksStaged) staged;
    state.dropped();
    for (RocksBulkStore bulk : state.adopted()) {
      if (freeBulkStores.remove(bulk)) {
        try (CommitBatch batch = new CommitBatch(database)) {
          batch.deleteStore(bulk.number());
          batch.write();
        }
      }
    }
  }

  @Override
  public BulkWriter bulkWriter() {
    int number = nextNumber++;
    try (CommitBatch batch = new CommitBatch(database)) {
      batch.put(Family.META, Rows.NEXT_KEY, Rows.u32(nextNumber));
      batch.write();
    }
    Path folder = bulkFolder.resolve(Integer.toString(number));
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("a bulk writer's folder can't be made: " + folder, e);
    }
    return new RocksBulkWriter(
        database, number, folder, RocksBulkWriter.SORT_BYTES, freeBulkStores::add);
  }

  @Override
  public List<ProofOp> prove(String store, byte[] key, long height) {
    try (PinnedHeight pinned = pin(height)) {
      return new Prover(pinned, store, pastTrees).prove(key);
    }
  }

  @Override
  public void changedSince(long height, KeyVisitor visitor) {
    try (PinnedHeight pinned = pin(height)) {
      new ChangedKeys(pinned, sections).visit(visitor);
    }
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
    if (!views.isEmpty()) {
      throw new IllegalStateException(
          views.size() + " views are open; close them before the store is cleared");
    }
    try (CommitBatch batch = new CommitBatch(database)) {
      batch.deleteEverything();
      batch.write();
    }
    Committed before = committed;
    committed = Committed.nothing(new PinnedRows(database));
    before.rows().release();
    records.clear();
    sections.clear();
    pastTrees.clear();
    freeBulkStores.clear();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      views.forEach(RocksView::close);
      committed.rows().release();
      database.close();
    }
  }

  /** The last commit, with its rows held; the caller releases them. */
  private Committed hold() {
    while (true) {
      Committed now = committed;
      if (closed) {
        throw new IllegalStateException(
            "the state store in " + database.directory() + " is closed");
      }
      if (now.rows().retain()) {
        return now;
      }
    }
  }

  private PinnedHeight pin(long height) {
    Committed now = hold();
    try {
      List<HeightRecord> way = way(now, height);
      HeightRecord record = way.get(0);
      List<HeightRecord> later = way.subList(1, way.size());
      SortedMap<String, RocksView.Source> sources = new TreeMap<>();
      record
          .stores()
          .forEach(
              (name, entry) ->
                  sources.put(name, source(entry.number(), entry.size(), now.rows(), later)));
      RocksView view = new RocksView(height, sources, List.of(now.rows()), views::remove);
      return new PinnedHeight(opened(view), record, now, later);
    } catch (HeightUnavailableException e) {
      now.rows().release();
      throw e;
    }
  }

  private RocksView.Source source(
      int number, long size, PinnedRows rows, List<HeightRecord> later) {
    return new RocksView.Source(number, size, rows, new WayBack(later, number, rows, sections));
  }

  /** The records of a height and of all above it. */
  private List<HeightRecord> way(Committed now, long height) {
    if (height == now.height()) {
      return List.of(now.index());
    }
    if (height >= now.oldest() && height < now.height()) {
      List<HeightRecord> way =
          List.copyOf(records.subMap(height, true, now.height(), true).values());
      // Fewer where another commit has pruned some of them meanwhile.
      if (way.size() == now.height() - height + 1) {
        return way;
      }
    }
    throw new HeightUnavailableException(height, committed.oldest(), committed.height());
  }

  private HeightRecord record(long height) {
    return way(committed, height).get(0);
  }

  /** Registers a view, so that it is closed with the store. */
  private RocksView opened(RocksView view) {
    views.add(view);
    if (closed) {
      view.close();
      throw new IllegalStateException("the state store in " + database.directory() + " is closed");
    }
    return view;
  }

  /** Removes the files of bulk writers that were cut off. */
  private void removeBulkFolders() {
    if (Files.isDirectory(bulkFolder)) {
      try (var folders = Files.newDirectoryStream(bulkFolder)) {
        folders.forEach(RocksBulkWriter::removeFolder);
      } catch (IOException e) {
        throw new UncheckedIOException("the folder can't be emptied: " + bulkFolder, e);
      }
    }
  }
}
