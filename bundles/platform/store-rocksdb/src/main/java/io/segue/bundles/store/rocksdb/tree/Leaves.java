package io.segue.bundles.store.rocksdb.tree;

import java.util.Arrays;

/**
 * Runs of leaves in one byte array, sorted by key hash.
 *
 * <pre>
 * leaf i: [64 i, 64 i + 32) key hash, [64 i + 32, 64 i + 64) leaf hash
 * </pre>
 */
final class Leaves {
  /** Bytes of a leaf. */
  static final int STRIDE = 2 * Hasher.SIZE;

  private Leaves() {}

  /** The first of the leaves in [from, to) with this bit of the key hash set, else {@code to}. */
  static int firstWithBit(byte[] leaves, int from, int to, int bit) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (bit(leaves, middle * STRIDE, bit)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The first leaf whose key hash is not below the one at an offset of another array. */
  static int lowerBound(byte[] leaves, byte[] keyHashes, int offset) {
    int low = 0;
    int high = leaves.length / STRIDE;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (compare(leaves, middle * STRIDE, keyHashes, offset) >= 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Compares two whole key hashes. */
  static int compare(byte[] a, int aOffset, byte[] b, int bOffset) {
    return Arrays.compareUnsigned(
        a, aOffset, aOffset + Hasher.SIZE, b, bOffset, bOffset + Hasher.SIZE);
  }

  /** Whether the leaf at an offset has a hash; one of zeros stands for "no leaf". */
  static boolean isPresent(byte[] leaves, int offset) {
    for (int i = offset + Hasher.SIZE; i < offset + STRIDE; i++) {
      if (leaves[i] != 0) {
        return true;
      }
    }
    return false;
  }

  /** Bit 0 is the highest bit of the first byte. */
  static boolean bit(byte[] hashes, int offset, int bit) {
    return (hashes[offset + (bit >>> 3)] >> (7 - (bit & 7)) & 1) != 0;
  }

  /** Two bits as a number of 0 to 3; {@code bit} is even. */
  static int quarter(byte[] hashes, int offset, int bit) {
    return hashes[offset + (bit >>> 3)] >> (6 - (bit & 7)) & 3;
  }
}
