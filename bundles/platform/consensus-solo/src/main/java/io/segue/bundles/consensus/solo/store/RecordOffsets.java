package io.segue.bundles.consensus.solo.store;

import java.util.Arrays;
import java.util.Optional;

/** Offsets of a file's records by kind and height: 8 bytes a record. Thread safe. */
final class RecordOffsets {
  private static final int KINDS = 3;
  private static final long ABSENT = -1;

  private final long[][] offsets = new long[KINDS][];
  private long first = Long.MAX_VALUE;
  private long highest = Long.MIN_VALUE;

  /** Whether there are records of a kind. */
  static boolean has(int kind) {
    return kind > 0 && kind < KINDS;
  }

  synchronized void put(int kind, long height, long offset) {
    if (first == Long.MAX_VALUE) {
      first = height;
    }
    int index = Math.toIntExact(height - first);
    long[] table = offsets[kind];
    if (table == null || index >= table.length) {
      int length = table == null ? 0 : table.length;
      table = Arrays.copyOf(table == null ? new long[0] : table, Math.max(64, index * 2));
      Arrays.fill(table, length, table.length, ABSENT);
      offsets[kind] = table;
    }
    table[index] = offset;
    highest = Math.max(highest, height);
  }

  /** Where the record is; negative where there is none. */
  synchronized long offset(int kind, long height) {
    long[] table = offsets[kind];
    return table == null || height < first || height - first >= table.length
        ? ABSENT
        : table[(int) (height - first)];
  }

  /** The highest height of any record. */
  synchronized long highest() {
    return highest;
  }

  synchronized Optional<Long> firstHeight(int kind) {
    for (long height = first; height <= highest; height++) {
      if (offset(kind, height) >= 0) {
        return Optional.of(height);
      }
    }
    return Optional.empty();
  }

  synchronized Optional<Long> lastHeight(int kind) {
    for (long height = highest; height >= first; height--) {
      if (offset(kind, height) >= 0) {
        return Optional.of(height);
      }
    }
    return Optional.empty();
  }
}
