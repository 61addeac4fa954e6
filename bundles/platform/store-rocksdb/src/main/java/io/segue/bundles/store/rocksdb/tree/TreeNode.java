package io.segue.bundles.store.rocksdb.tree;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subtree with at least one leaf; never changes. Where it hangs, its depth, is passed in: it is
 * the number of bits that its leaves share at least. No subtree at all is null.
 */
abstract sealed class TreeNode permits Bucket, Page {
  /** More leaves than this are no longer kept in one bucket. */
  static final int MAX_BUCKET = 8;

  /** A page with no more leaves than this becomes a bucket again. */
  static final int MIN_PAGE = 4;

  /** How many leaves there are. */
  abstract long size();

  /** Writes the root of this subtree. */
  abstract void root(int depth, Hasher hasher, byte[] out, int offset);

  /**
   * This subtree with some leaves set and removed.
   *
   * @param batch leaves in the form of {@link Leaves}; a leaf hash of zeros removes the leaf
   * @param from index of the first leaf of the batch that belongs here
   * @param to index behind the last one, above {@code from}
   */
  abstract @Nullable TreeNode with(int depth, byte[] batch, int from, int to, Hasher hasher);

  /** Copies the leaves in order and returns the index behind the last one. */
  abstract int copyLeaves(byte[] out, int index);

  /**
   * Adds the steps from this subtree's root down to a leaf.
   *
   * @return whether there is such a leaf
   */
  abstract boolean path(int depth, byte[] keyHash, Hasher hasher, List<LeafPath.Step> steps);

  /** The nearest key hash below (or above) another one, which need not be present. */
  abstract byte @Nullable [] neighbour(int depth, byte[] keyHash, boolean below);

  /** The highest (or lowest) key hash. */
  abstract byte[] extreme(boolean highest);

  /**
   * Visits the subtrees at a deeper or the same depth whose leaves share a prefix, in order.
   *
   * @param prefix first bytes of key hashes, at most {@code wanted} bits
   * @param wanted the depth; even
   */
  abstract void subtrees(
      int depth, byte[] prefix, int wanted, Hasher hasher, SparseMerkleTree.SubtreeVisitor visitor);

  /** A subtree of leaves that share {@code depth} bits and are all present; null for none. */
  static @Nullable TreeNode of(byte[] leaves, int from, int to, int depth, Hasher hasher) {
    if (from == to) {
      return null;
    }
    if (to - from <= MAX_BUCKET) {
      return new Bucket(Arrays.copyOfRange(leaves, from * Leaves.STRIDE, to * Leaves.STRIDE));
    }
    return Page.of(leaves, from, to, depth, hasher);
  }
}
