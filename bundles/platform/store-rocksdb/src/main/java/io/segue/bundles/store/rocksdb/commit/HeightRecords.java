package io.segue.bundles.store.rocksdb.commit;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.Rows;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The indexes of heights, read when they are asked for: a node that keeps hundreds of thousands of
 * heights has them on the disk. The last ones that were used stay in memory.
 *
 * <p>Thread safety: any thread.
 */
public final class HeightRecords {
  /** How many stay in memory. */
  static final int KEPT = 2048;

  private final Map<Long, HeightRecord> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, HeightRecord> eldest) {
          return size() > KEPT;
        }
      };

  /** The index of a height that is kept in these rows. */
  public HeightRecord get(PinnedRows rows, long height) {
    HeightRecord record = kept(height);
    if (record == null) {
      record = read(rows, height);
      keep(record);
    }
    return record;
  }

  /** The same, without a place in memory: for who passes through many heights. */
  HeightRecord pass(PinnedRows rows, long height) {
    HeightRecord record = kept(height);
    return record == null ? read(rows, height) : record;
  }

  private static HeightRecord read(PinnedRows rows, long height) {
    byte[] row = rows.get(Family.META, Rows.heightKey(height));
    if (row == null) {
      throw new DamagedStoreException("the index of height " + height + " is missing");
    }
    return HeightRecord.decode(row);
  }

  private synchronized @Nullable HeightRecord kept(long height) {
    return kept.get(height);
  }

  public synchronized void keep(HeightRecord record) {
    kept.put(record.height(), record);
  }

  public synchronized void clear() {
    kept.clear();
  }
}
