package io.segue.bundles.store.rocksdb.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sparse Merkle tree of a store, as ICS-23's SmtSpec verifies it: a leaf's place is given by
 * the bits of SHA-256(key), highest first; a subtree without leaves is 32 zero bytes, one with a
 * single leaf is that leaf, one with more is SHA-256(01 || left || right). The root depends on the
 * entries alone, not on how they came.
 *
 * <p>A tree never changes: {@link #with} gives another one that shares with this one all that the
 * changes do not touch. So a staging is a tree nobody else knows yet, dropping it is forgetting it,
 * committing it is setting one reference, and whoever proves something holds a tree that nobody can
 * tear under him.
 *
 * <p>Inside it is a trie over the key hash: {@link Page}s of two levels each hold the inner nodes,
 * and {@link Bucket}s of up to 8 leaves hang below them; a bucket that grows becomes a page. This
 * costs about 100 bytes a leaf at any size, and keys chosen to share many bits only make their own
 * branch longer.
 *
 * <p>Thread safety: immutable. {@link #with} and {@link TreeBuilder} use the common pool for large
 * amounts.
 */
public final class SparseMerkleTree {
  /** The tree without leaves. */
  public static final SparseMerkleTree EMPTY = new SparseMerkleTree(null);

  private final @Nullable TreeNode node;
  private final byte[] root = new byte[Hasher.SIZE];

  SparseMerkleTree(@Nullable TreeNode node) {
    this.node = node;
    if (node != null) {
      node.root(0, new Hasher(), root, 0);
    }
  }

  /** The root, 32 bytes. */
  public byte[] root() {
    return root.clone();
  }

  /** Number of leaves. */
  public long size() {
    return node == null ? 0 : node.size();
  }

  /** This tree with some leaves set and removed. */
  public SparseMerkleTree with(LeafBatch batch) {
    if (batch.size() == 0) {
      return this;
    }
    TreeNode start = node == null ? Bucket.EMPTY : node;
    return new SparseMerkleTree(start.with(0, batch.leaves(), 0, batch.size(), new Hasher()));
  }

  /** The path of the leaf with this key hash; null where there is none. */
  public @Nullable LeafPath path(byte[] keyHash) {
    List<LeafPath.Step> steps = new ArrayList<>();
    if (node == null || !node.path(0, keyHash, new Hasher(), steps)) {
      return null;
    }
    Collections.reverse(steps);
    return new LeafPath(steps);
  }

  /** The highest key hash below this one; null where there is none. */
  public byte @Nullable [] below(byte[] keyHash) {
    return node == null ? null : node.neighbour(0, keyHash, true);
  }

  /** The lowest key hash above this one; null where there is none. */
  public byte @Nullable [] above(byte[] keyHash) {
    return node == null ? null : node.neighbour(0, keyHash, false);
  }

  /** Takes a subtree. */
  @FunctionalInterface
  public interface SubtreeVisitor {
    /**
     * A subtree.
     *
     * @param keyHash of one of its leaves
     * @param root 32 bytes
     */
    void visit(byte[] keyHash, byte[] root, long leaves);
  }

  /**
   * Visits the subtrees at a depth whose leaves share a prefix, in order.
   *
   * @param prefix first bytes of key hashes
   * @param depth in bits; even, at least eight times the prefix' length
   */
  public void subtrees(byte[] prefix, int depth, SubtreeVisitor visitor) {
    if (node != null) {
      node.subtrees(0, prefix, depth, new Hasher(), visitor);
    }
  }

  /** The first key hashes with a prefix, in order. */
  public List<byte[]> keyHashes(byte[] prefix, int limit) {
    List<byte[]> found = new ArrayList<>();
    byte[] next = Arrays.copyOf(prefix, Hasher.SIZE);
    if (path(next) != null) {
      found.add(next);
    }
    while (found.size() < limit) {
      next = above(next);
      if (next == null || !Arrays.equals(next, 0, prefix.length, prefix, 0, prefix.length)) {
        break;
      }
      found.add(next);
    }
    return found;
  }
}
