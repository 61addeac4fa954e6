package io.segue.bundles.store.rocksdb.tree;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A subtree of few leaves, whose inner nodes are computed when they are needed. */
final class Bucket extends TreeNode {
  /** No leaves: only a start to add some, never part of a tree. */
  static final Bucket EMPTY = new Bucket(new byte[0]);

  private final byte[] leaves;

  /**
   * @param leaves in the form of {@link Leaves}
   */
  Bucket(byte[] leaves) {
    this.leaves = leaves;
  }

  @Override
  long size() {
    return count();
  }

  private int count() {
    return leaves.length / Leaves.STRIDE;
  }

  @Override
  void root(int depth, Hasher hasher, byte[] out, int offset) {
    hasher.root(leaves, 0, count(), depth, out, offset);
  }

  @Override
  @Nullable TreeNode with(int depth, byte[] batch, int from, int to, Hasher hasher) {
    byte[] merged = new byte[leaves.length + (to - from) * Leaves.STRIDE];
    int count = 0;
    int own = 0;
    for (int index = from; index < to; index++) {
      int offset = index * Leaves.STRIDE;
      int order = -1;
      while (own < leaves.length && (order = Leaves.compare(leaves, own, batch, offset)) < 0) {
        System.arraycopy(leaves, own, merged, count++ * Leaves.STRIDE, Leaves.STRIDE);
        own += Leaves.STRIDE;
      }
      if (own < leaves.length && order == 0) {
        own += Leaves.STRIDE;
      }
      if (Leaves.isPresent(batch, offset)) {
        System.arraycopy(batch, offset, merged, count++ * Leaves.STRIDE, Leaves.STRIDE);
      }
    }
    int rest = leaves.length - own;
    System.arraycopy(leaves, own, merged, count * Leaves.STRIDE, rest);
    return TreeNode.of(merged, 0, count + rest / Leaves.STRIDE, depth, hasher);
  }

  @Override
  int copyLeaves(byte[] out, int index) {
    System.arraycopy(leaves, 0, out, index * Leaves.STRIDE, leaves.length);
    return index + count();
  }

  @Override
  boolean path(int depth, byte[] keyHash, Hasher hasher, List<LeafPath.Step> steps) {
    int from = 0;
    int to = count();
    int bit = depth;
    while (to - from > 1) {
      int middle = Leaves.firstWithBit(leaves, from, to, bit);
      boolean right = Leaves.bit(keyHash, 0, bit);
      byte[] sibling = new byte[Hasher.SIZE];
      hasher.root(leaves, right ? from : middle, right ? middle : to, bit + 1, sibling, 0);
      steps.add(new LeafPath.Step(right, sibling));
      from = right ? middle : from;
      to = right ? to : middle;
      bit++;
    }
    return to > from && Leaves.compare(leaves, from * Leaves.STRIDE, keyHash, 0) == 0;
  }

  @Override
  byte @Nullable [] neighbour(int depth, byte[] keyHash, boolean below) {
    int index = Leaves.lowerBound(leaves, keyHash, 0);
    if (below) {
      index--;
    } else if (index < count() && Leaves.compare(leaves, index * Leaves.STRIDE, keyHash, 0) == 0) {
      index++;
    }
    return index < 0 || index == count() ? null : keyHash(index);
  }

  @Override
  byte[] extreme(boolean highest) {
    return keyHash(highest ? count() - 1 : 0);
  }

  @Override
  void subtrees(
      int depth,
      byte[] prefix,
      int wanted,
      Hasher hasher,
      SparseMerkleTree.SubtreeVisitor visitor) {
    int from = Leaves.lowerBound(leaves, Arrays.copyOf(prefix, Hasher.SIZE), 0);
    while (from < count() && startsWith(from, prefix)) {
      int to = from + 1;
      while (to < count() && sharedBits(from, to) >= wanted) {
        to++;
      }
      byte[] root = new byte[Hasher.SIZE];
      hasher.root(leaves, from, to, wanted, root, 0);
      visitor.visit(keyHash(from), root, to - from);
      from = to;
    }
  }

  private boolean startsWith(int index, byte[] prefix) {
    int offset = index * Leaves.STRIDE;
    return Arrays.equals(leaves, offset, offset + prefix.length, prefix, 0, prefix.length);
  }

  private int sharedBits(int first, int second) {
    int bit = 0;
    while (bit < Hasher.SIZE * Byte.SIZE
        && Leaves.bit(leaves, first * Leaves.STRIDE, bit)
            == Leaves.bit(leaves, second * Leaves.STRIDE, bit)) {
      bit++;
    }
    return bit;
  }

  private byte[] keyHash(int index) {
    return Arrays.copyOfRange(leaves, index * Leaves.STRIDE, index * Leaves.STRIDE + Hasher.SIZE);
  }
}
