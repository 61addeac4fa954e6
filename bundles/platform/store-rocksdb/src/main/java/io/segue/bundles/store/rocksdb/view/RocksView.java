package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The state at one height: the rows of the last commit at the time when the view was made, and over
 * them the way back to this height.
 *
 * <p>Thread safety: any thread. Closing waits for reads that are under way; later ones fail.
 */
public final class RocksView implements StateView {
  private final long height;
  private final SortedMap<String, LayeredReader> readers = new TreeMap<>();
  private final List<PinnedRows> held;
  private final Consumer<RocksView> onClose;
  private final Set<Cursor> cursors = ConcurrentHashMap.newKeySet();
  private final StampedLock lock = new StampedLock();
  private boolean closed;

  /**
   * @param stores what to read by name
   * @param held rows that the stores read from, held by the caller; released when this is closed
   * @param onClose told once
   */
  public RocksView(
      long height,
      SortedMap<String, Source> stores,
      List<PinnedRows> held,
      Consumer<RocksView> onClose) {
    this.height = height;
    this.held = held;
    this.onClose = onClose;
    stores.forEach((name, source) -> readers.put(name, new LayeredReader(this, source)));
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public Set<String> stores() {
    return Collections.unmodifiableSet(readers.keySet());
  }

  @Override
  public StoreReader store(String name) {
    return reader(name);
  }

  LayeredReader reader(String name) {
    LayeredReader reader = readers.get(name);
    if (reader == null) {
      throw new IllegalArgumentException(
          "no store " + name + " at height " + height + "; there are " + readers.keySet());
    }
    return reader;
  }

  /** Runs a read that {@link #close} has to wait for. */
  <T extends @Nullable Object> T read(Supplier<T> action) {
    long stamp = lock.readLock();
    try {
      if (closed) {
        throw new IllegalStateException("the view of height " + height + " is closed");
      }
      return action.get();
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** Makes a cursor that is closed with this view, if not by {@link #close(Cursor)} before. */
  Cursor open(Supplier<Cursor> making) {
    return read(
        () -> {
          Cursor cursor = making.get();
          cursors.add(cursor);
          return cursor;
        });
  }

  void close(Cursor cursor) {
    long stamp = lock.readLock();
    try {
      if (cursors.remove(cursor)) {
        cursor.close();
      }
    } finally {
      lock.unlockRead(stamp);
    }
  }

  @Override
  public void close() {
    long stamp = lock.writeLock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      cursors.forEach(Cursor::close);
      cursors.clear();
      held.forEach(PinnedRows::release);
    } finally {
      lock.unlockWrite(stamp);
    }
    onClose.accept(this);
  }

  /**
   * Where a store's entries are.
   *
   * @param number 0 for a store that has no rows yet
   */
  public record Source(int number, long size, PinnedRows rows, UndoChanges undo) {}
}
