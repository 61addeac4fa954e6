package io.segue.bundles.store.rocksdb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sections that take one store from the last commit back to a height, read when they are first
 * needed.
 *
 * <p>Thread safety: any thread that holds the rows.
 */
final class WayBack {
  private final List<HeightRecord> later;
  private final int number;
  private final PinnedRows rows;
  private final SectionCache cache;
  private @Nullable List<ChangeSection> sections;

  /**
   * @param later the heights above the one to go back to, ascending, up to the last commit
   * @param number the store's number; it may be out of use in the higher ones
   */
  WayBack(List<HeightRecord> later, int number, PinnedRows rows, SectionCache cache) {
    this.later = later;
    this.number = number;
    this.rows = rows;
    this.cache = cache;
  }

  /** The sections, lowest height first: of a key, the first one has the value of the height. */
  synchronized List<ChangeSection> sections() {
    if (sections == null) {
      List<ChangeSection> found = new ArrayList<>();
      for (HeightRecord record : later) {
        HeightRecord.Entry entry = record.byNumber(number);
        if (entry != null && entry.changed()) {
          found.add(new ChangeSection(rows, record.height(), number, cache));
        }
      }
      sections = found;
    }
    return sections;
  }
}
