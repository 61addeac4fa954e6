package io.segue.bundles.consensus.solo.store;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Rows of several values of an attribute, put in order of height in memory. */
final class CollectedStream implements RowStream {
  private final NavigableMap<Long, long[]> rows = new TreeMap<>();
  private long height = -1;

  void add(long rowHeight, long[] entries) {
    rows.merge(rowHeight, entries, Postings::union);
  }

  @Override
  public long seek(long wanted) {
    Map.Entry<Long, long[]> row = rows.ceilingEntry(Math.max(wanted, height));
    height = row == null ? END : row.getKey();
    return height;
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public long[] entries() {
    return rows.getOrDefault(height, new long[0]);
  }

  @Override
  public void close() {}
}
