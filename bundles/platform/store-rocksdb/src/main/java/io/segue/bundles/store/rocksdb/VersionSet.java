package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.change.ChangeSetCache;
import io.segue.bundles.store.rocksdb.commit.Committed;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.commit.HeightRecords;
import io.segue.bundles.store.rocksdb.commit.HeightsAbove;
import io.segue.bundles.store.rocksdb.commit.StoreRef;
import io.segue.bundles.store.rocksdb.database.Database;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.bundles.store.rocksdb.view.PastTrees;
import io.segue.bundles.store.rocksdb.view.PinnedHeight;
import io.segue.bundles.store.rocksdb.view.RocksView;
import io.segue.bundles.store.rocksdb.view.UndoChanges;
import io.segue.kernel.api.store.HeightUnavailableException;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The heights that can be read, and who reads them.
 *
 * <p>Thread safety: {@link #committed} is the one reference that a commit changes. A reader takes
 * it once, holds its rows, and works with what it found there; it never waits for a commit, nor a
 * commit for it.
 */
final class VersionSet implements AutoCloseable {
  private final Database database;
  private final HeightRecords records = new HeightRecords();
  private final ChangeSetCache sections = new ChangeSetCache(ChangeSetCache.DEFAULT_MAX_BYTES);
  private final PastTrees pastTrees = new PastTrees(sections);
  private final Set<RocksView> views = ConcurrentHashMap.newKeySet();
  private volatile Committed committed;
  private volatile boolean closed;

  /**
   * @param loader reads what the last run of the store left
   */
  VersionSet(Database database, StateLoader loader) {
    this.database = database;
    this.committed = loader.load();
  }

  /** The last commit. */
  Committed committed() {
    return committed;
  }

  ChangeSetCache sections() {
    return sections;
  }

  PastTrees pastTrees() {
    return pastTrees;
  }

  /** The indexes of the heights. */
  HeightRecords records() {
    return records;
  }

  /**
   * The index of a height.
   *
   * @throws HeightUnavailableException where it is above the last commit or pruned
   */
  HeightRecord record(long height) {
    Committed now = hold();
    try {
      return record(now, height);
    } finally {
      now.rows().release();
    }
  }

  /** The last commit, with its rows held; the caller releases them. */
  Committed hold() {
    while (true) {
      Committed now = committed;
      checkOpen();
      if (now.rows().retain()) {
        return now;
      }
    }
  }

  /**
   * Opens a height; the caller closes it.
   *
   * @throws HeightUnavailableException where it is above the last commit or pruned
   */
  PinnedHeight pin(long height) {
    Committed now = hold();
    HeightRecord record;
    try {
      record = record(now, height);
    } catch (RuntimeException e) {
      now.rows().release();
      throw e;
    }
    HeightsAbove later = new HeightsAbove(records, now.rows(), height, now.height());
    SortedMap<String, RocksView.Source> sources = new TreeMap<>();
    record
        .stores()
        .forEach((name, entry) -> sources.put(name, source(entry.number(), entry.size(), later)));
    RocksView view = new RocksView(height, sources, List.of(now.rows()), views::remove);
    return new PinnedHeight(opened(view), record, now, later);
  }

  /** Opens the last commit under another index. */
  RocksView view(Committed now, SortedMap<String, StoreRef> index) {
    PinnedRows fresh = new PinnedRows(database);
    SortedMap<String, RocksView.Source> sources = new TreeMap<>();
    index.forEach(
        (name, ref) -> {
          PinnedRows rows = ref.bulk() == null ? now.rows() : fresh;
          HeightsAbove none = new HeightsAbove(records, rows, now.height(), now.height());
          sources.put(name, source(ref.number(), ref.tree().size(), none));
        });
    return opened(new RocksView(now.height(), sources, List.of(now.rows(), fresh), views::remove));
  }

  /** Makes a commit visible. */
  void publish(Committed after) {
    Committed before = committed;
    records.keep(after.index());
    committed = after;
    before
        .trees()
        .forEach(
            (number, tree) -> {
              SparseMerkleTree now = after.trees().get(number);
              if (now != tree) {
                pastTrees.keep(number, before.height(), tree);
              }
            });
    before.rows().release();
  }

  /** Reads again what the rows say now, in place of all that was known. */
  void reload(StateLoader loader) {
    Committed before = committed;
    records.clear();
    sections.clear();
    pastTrees.clear();
    committed = loader.load();
    before.rows().release();
  }

  /** Forgets all heights: the rows are gone. */
  void clear() {
    Committed before = committed;
    committed = Committed.nothing(new PinnedRows(database));
    before.rows().release();
    records.clear();
    sections.clear();
    pastTrees.clear();
  }

  int openViews() {
    return views.size();
  }

  /** Closes all views; nothing can be opened any more. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      views.forEach(RocksView::close);
      committed.rows().release();
    }
  }

  private RocksView.Source source(int number, long size, HeightsAbove later) {
    return new RocksView.Source(
        number, size, later.rows(), new UndoChanges(later, number, sections));
  }

  /** The index of a height at a commit whose rows are held. */
  private HeightRecord record(Committed now, long height) {
    if (height == now.height()) {
      return now.index();
    }
    if (height < now.oldest() || height > now.height()) {
      throw new HeightUnavailableException(height, now.oldest(), now.height());
    }
    return records.get(now.rows(), height);
  }

  /** Registers a view, so that it is closed with the store. */
  private RocksView opened(RocksView view) {
    views.add(view);
    if (closed) {
      view.close();
    }
    checkOpen();
    return view;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the state store in " + database.directory() + " is closed");
    }
  }
}
