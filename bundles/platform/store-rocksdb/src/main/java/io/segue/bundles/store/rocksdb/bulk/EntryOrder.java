package io.segue.bundles.store.rocksdb.bulk;

import io.segue.bundles.store.rocksdb.bulk.EntrySorter.Entry;
import java.util.Arrays;

/**
 * Puts entries in order by a radix sort of the first eight bytes of their keys, and compares whole
 * keys only where these are equal. Keys that are hashes come to their places in eight passes
 * without a comparison; keys that came in order are found to be so in one.
 */
final class EntryOrder {
  /** Fewer are compared right away. */
  private static final int FEW = 256;

  private static final int DIGIT_BITS = 8;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private EntryOrder() {}

  static void sort(Entry[] entries) {
    if (isSorted(entries)) {
      return;
    }
    if (entries.length < FEW) {
      Arrays.sort(entries);
      return;
    }
    byPrefix(entries);
    sortEqualPrefixes(entries);
  }

  private static boolean isSorted(Entry[] entries) {
    for (int i = 1; i < entries.length; i++) {
      if (entries[i - 1].compareTo(entries[i]) > 0) {
        return false;
      }
    }
    return true;
  }

  /** From the last digit to the first, each pass keeping the order of the one before. */
  private static void byPrefix(Entry[] entries) {
    int count = entries.length;
    Entry[] from = entries;
    Entry[] to = new Entry[count];
    long[] prefixes = new long[count];
    long[] moved = new long[count];
    for (int i = 0; i < count; i++) {
      prefixes[i] = entries[i].prefix();
    }
    for (int shift = 0; shift < Long.SIZE; shift += DIGIT_BITS) {
      int[] places = places(prefixes, shift);
      if (places.length == 0) {
        continue;
      }
      for (int i = 0; i < count; i++) {
        int place = places[digit(prefixes[i], shift)]++;
        moved[place] = prefixes[i];
        to[place] = from[i];
      }
      Entry[] entriesBefore = from;
      from = to;
      to = entriesBefore;
      long[] prefixesBefore = prefixes;
      prefixes = moved;
      moved = prefixesBefore;
    }
    if (from != entries) {
      System.arraycopy(from, 0, entries, 0, count);
    }
  }

  /** Where the entries of each digit begin; nothing where all have the same digit. */
  private static int[] places(long[] prefixes, int shift) {
    int[] places = new int[DIGITS];
    for (long prefix : prefixes) {
      places[digit(prefix, shift)]++;
    }
    if (places[digit(prefixes[0], shift)] == prefixes.length) {
      return new int[0];
    }
    int next = 0;
    for (int digit = 0; digit < DIGITS; digit++) {
      int here = places[digit];
      places[digit] = next;
      next += here;
    }
    return places;
  }

  private static int digit(long prefix, int shift) {
    return (int) (prefix >>> shift) & DIGITS - 1;
  }

  private static void sortEqualPrefixes(Entry[] entries) {
    for (int start = 0; start < entries.length; ) {
      int end = start + 1;
      while (end < entries.length && entries[end].prefix() == entries[start].prefix()) {
        end++;
      }
      if (end - start > 1) {
        Arrays.sort(entries, start, end);
      }
      start = end;
    }
  }
}
