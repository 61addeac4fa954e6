package io.segue.bundles.store.rocksdb.change;

import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.PinnedRows;
import io.segue.bundles.store.rocksdb.database.Rows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the indexes and chunks of changes that were used last, up to an amount of bytes.
 *
 * <p>Thread safety: any thread.
 */
public final class ChangeSetCache {
  /** Bytes kept where nothing else is asked for. */
  public static final long DEFAULT_MAX_BYTES = 16L << 20;

  private final long maxBytes;
  private final LinkedHashMap<Place, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  public ChangeSetCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  ChangeSetIndex index(PinnedRows rows, long height, int number) {
    Place place = new Place(height, number, ChangeSet.INDEX_ROW);
    if (kept(place) instanceof ChangeSetIndex index) {
      return index;
    }
    ChangeSetIndex index = ChangeSetIndex.decode(read(rows, place));
    keep(place, new Kept(index, index.sizeBytes()));
    return index;
  }

  ChangeChunk chunk(PinnedRows rows, long height, int number, int chunk) {
    Place place = new Place(height, number, ChangeSet.INDEX_ROW + 1 + chunk);
    if (kept(place) instanceof ChangeChunk found) {
      return found;
    }
    ChangeChunk read = ChangeChunk.decode(read(rows, place));
    keep(place, new Kept(read, read.sizeBytes()));
    return read;
  }

  private static byte[] read(PinnedRows rows, Place place) {
    byte[] row = rows.get(Family.CHANGES, Rows.changesKey(place.number, place.height, place.row));
    if (row == null) {
      throw new DamagedStoreException(
          "changes of store number "
              + place.number
              + " at height "
              + place.height
              + " are missing");
    }
    return row;
  }

  private synchronized @Nullable Object kept(Place place) {
    Kept found = kept.get(place);
    return found == null ? null : found.content;
  }

  private synchronized void keep(Place place, Kept added) {
    Kept replaced = kept.put(place, added);
    bytes += added.bytes - (replaced == null ? 0 : replaced.bytes);
    Iterator<Kept> eldest = kept.values().iterator();
    while (bytes > maxBytes) {
      bytes -= eldest.next().bytes;
      eldest.remove();
    }
  }

  public synchronized void clear() {
    kept.clear();
    bytes = 0;
  }

  private record Place(long height, int number, int row) {}

  private record Kept(Object content, int bytes) {}
}
