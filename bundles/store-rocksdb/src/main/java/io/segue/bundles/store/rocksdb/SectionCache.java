package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.Database.Family;
import java.util.Iterator;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the sections that were used last, up to an amount of bytes: most reads of the past are of
 * the last few heights.
 *
 * <p>Thread safety: any thread.
 */
final class SectionCache {
  /** Bytes kept where nothing else is asked for. */
  static final long DEFAULT_MAX_BYTES = 16L << 20;

  private final long maxBytes;
  private final LinkedHashMap<Place, ChangeSection> sections = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  SectionCache(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** A section that the index of its height says is there. */
  ChangeSection get(PinnedRows rows, long height, int number) {
    ChangeSection section = cached(height, number);
    if (section == null) {
      byte[] row = rows.get(Family.CHANGES, Rows.changesKey(height, number));
      if (row == null) {
        throw new DamagedStoreException(
            "the changes of store number " + number + " at height " + height + " are missing");
      }
      section = ChangeSection.decode(row);
      put(height, number, section);
    }
    return section;
  }

  private synchronized @Nullable ChangeSection cached(long height, int number) {
    return sections.get(new Place(height, number));
  }

  synchronized void put(long height, int number, ChangeSection section) {
    ChangeSection old = sections.put(new Place(height, number), section);
    bytes += section.bytes().length - (old == null ? 0 : old.bytes().length);
    Iterator<ChangeSection> eldest = sections.values().iterator();
    while (bytes > maxBytes) {
      bytes -= eldest.next().bytes().length;
      eldest.remove();
    }
  }

  synchronized void clear() {
    sections.clear();
    bytes = 0;
  }

  private record Place(long height, int number) {}
}
