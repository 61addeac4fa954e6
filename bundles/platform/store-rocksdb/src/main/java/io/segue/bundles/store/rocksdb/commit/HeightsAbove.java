package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.database.PinnedRows;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * The heights above one that is read, ascending, up to the commit whose rows it is read from.
 *
 * <p>Thread safety: any thread that holds the rows.
 *
 * @param rows as the commit of height {@code to} left them
 * @param from the height that is read
 * @param to the last one
 */
public record HeightsAbove(HeightRecords records, PinnedRows rows, long from, long to)
    implements Iterable<HeightRecord> {
  /** More heights than this are passed through without a place in memory for each. */
  public static final int MANY = HeightRecords.KEPT / 2;

  public boolean isEmpty() {
    return from == to;
  }

  public boolean areMany() {
    return to - from > MANY;
  }

  @Override
  public Iterator<HeightRecord> iterator() {
    boolean many = areMany();
    return new Iterator<>() {
      private long height = from;

      @Override
      public boolean hasNext() {
        return height < to;
      }

      @Override
      public HeightRecord next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no height above " + to);
        }
        height++;
        return many ? records.pass(rows, height) : records.get(rows, height);
      }
    };
  }
}
