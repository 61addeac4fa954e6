package io.segue.bundles.store.rocksdb.tree;

import java.util.Arrays;

/** Sorts leaves by key hash. */
final class LeafOrder {
  /** Leaves that one call can sort. */
  static final int MAX_LEAVES = 1 << 24;

  private static final int INDEX_BITS = 24;
  private static final int PREFIX_BYTES = 5;

  private LeafOrder() {}

  /**
   * A sorted copy. Five bytes of the key hash and the place fit one long, so that numbers are
   * sorted; only leaves that share these bytes are compared whole.
   *
   * @param skip bytes that all the key hashes share, so that the next ones decide
   */
  static byte[] sorted(byte[] leaves, int count, int skip) {
    if (count > MAX_LEAVES) {
      throw new IllegalArgumentException(count + " leaves are more than " + MAX_LEAVES);
    }
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      long prefix = 0;
      for (int b = 0; b < PREFIX_BYTES; b++) {
        prefix = prefix << 8 | leaves[i * Leaves.STRIDE + skip + b] & 0xff;
      }
      // The highest bit is flipped because long is signed.
      order[i] = (prefix << INDEX_BITS | i) ^ Long.MIN_VALUE;
    }
    Arrays.sort(order);
    byte[] sorted = new byte[count * Leaves.STRIDE];
    for (int i = 0; i < count; i++) {
      int from = (int) (order[i] & MAX_LEAVES - 1) * Leaves.STRIDE;
      System.arraycopy(leaves, from, sorted, i * Leaves.STRIDE, Leaves.STRIDE);
      settle(sorted, i);
    }
    return sorted;
  }

  /** Moves leaf i down past those with the same five bytes that are above it. */
  private static void settle(byte[] sorted, int index) {
    int i = index;
    while (i > 0
        && Leaves.compare(sorted, (i - 1) * Leaves.STRIDE, sorted, i * Leaves.STRIDE) > 0) {
      byte[] upper = Arrays.copyOfRange(sorted, (i - 1) * Leaves.STRIDE, i * Leaves.STRIDE);
      System.arraycopy(sorted, i * Leaves.STRIDE, sorted, (i - 1) * Leaves.STRIDE, Leaves.STRIDE);
      System.arraycopy(upper, 0, sorted, i * Leaves.STRIDE, Leaves.STRIDE);
      i--;
    }
  }
}
