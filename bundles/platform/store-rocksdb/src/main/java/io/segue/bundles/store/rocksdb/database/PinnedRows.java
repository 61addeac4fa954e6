package io.segue.bundles.store.rocksdb.database;

import io.segue.bundles.store.rocksdb.database.Database.Family;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ReadOptions;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;

/**
 * The rows as they were at one moment, for as long as somebody holds them.
 *
 * <p>Thread safety: any thread; who calls must hold a reference.
 */
public final class PinnedRows {
  private final Database database;
  private final Snapshot snapshot;
  private final ReadOptions options;
  private final AtomicInteger holders = new AtomicInteger(1);

  /** The rows of now; the caller holds them and must {@link #release} them. */
  public PinnedRows(Database database) {
    this.database = database;
    this.snapshot = database.snapshot();
    this.options = new ReadOptions().setSnapshot(snapshot);
  }

  /** Holds them too; false where nobody does any more. */
  public boolean retain() {
    int now = holders.get();
    while (now > 0) {
      if (holders.compareAndSet(now, now + 1)) {
        return true;
      }
      now = holders.get();
    }
    return false;
  }

  public void release() {
    if (holders.decrementAndGet() == 0) {
      options.close();
      database.release(snapshot);
    }
  }

  public byte @Nullable [] get(Family family, byte[] row) {
    return database.get(family, options, row);
  }

  /** Values by the place of their keys; null where there is none. */
  public List<byte @Nullable []> get(Family family, List<byte[]> rows) {
    return database.get(family, options, rows);
  }

  /** Rows of one store in order of keys. */
  public RowCursor cursor(int number, byte[] from, byte @Nullable [] to, boolean reverse) {
    return cursor(
        Family.LATEST,
        Rows.row(number, from),
        to == null ? Rows.firstRow(number + 1) : Rows.row(number, to),
        reverse);
  }

  /** Rows from one key (inclusive) to another one (exclusive). */
  public RowCursor cursor(Family family, byte[] from, byte[] to, boolean reverse) {
    Slice lower = new Slice(from);
    Slice upper = new Slice(to);
    ReadOptions bounded =
        new ReadOptions()
            .setSnapshot(snapshot)
            .setIterateLowerBound(lower)
            .setIterateUpperBound(upper);
    return new RowCursor(database.iterator(family, bounded), bounded, lower, upper, reverse);
  }
}
