package io.segue.bundles.store.rocksdb.tree;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Two levels of inner nodes over four subtrees, with their hashes.
 *
 * <pre>
 *            root                 (kept by whoever holds the page)
 *        0          1             hashes, 32 bytes each
 *      2   3      4   5
 *     c0   c1    c2   c3          children; hash 2 + i is the root of child i, zeros where none
 * </pre>
 */
final class Page extends TreeNode {
  private static final int FAN_OUT = 4;
  private static final int LEVELS = 2;
  private static final int FIRST_CHILD = 2;

  /** Down to this depth the children of a page may be worked on in parallel. */
  private static final int PARALLEL_DEPTH = 4;

  /** Fewer changes than this are not worth a second thread. */
  private static final int PARALLEL_CHANGES = 256;

  private final byte[] hashes;
  private final @Nullable TreeNode[] children;

  /** Leaves below each of the children: 0, 1, or 2 for more; two bits each. */
  private int kinds;

  private long size;

  private Page(byte[] hashes, @Nullable TreeNode[] children, int kinds, long size) {
    this.hashes = hashes;
    this.children = children;
    this.kinds = kinds;
    this.size = size;
  }

  private static Page empty() {
    return new Page(
        new byte[(FIRST_CHILD + FAN_OUT) * Hasher.SIZE], new @Nullable TreeNode[FAN_OUT], 0, 0);
  }

  static Page of(byte[] leaves, int from, int to, int depth, Hasher hasher) {
    Page page = empty();
    int start = from;
    for (int child = 0; child < FAN_OUT; child++) {
      int end = childEnd(leaves, start, to, depth, child);
      page.child(child, TreeNode.of(leaves, start, end, depth + LEVELS, hasher), depth, hasher);
      start = end;
    }
    page.inner(0, hasher);
    page.inner(1, hasher);
    return page;
  }

  /** A subtree over four subtrees; null where there is no leaf. */
  static @Nullable TreeNode over(@Nullable TreeNode[] children, int depth, Hasher hasher) {
    Page page = empty();
    for (int child = 0; child < FAN_OUT; child++) {
      page.child(child, children[child], depth, hasher);
    }
    page.inner(0, hasher);
    page.inner(1, hasher);
    return page.orBucket();
  }

  @Override
  long size() {
    return size;
  }

  @Override
  void root(int depth, Hasher hasher, byte[] out, int offset) {
    hasher.inner(hashes, 0, out, offset);
  }

  @Override
  @Nullable TreeNode with(int depth, byte[] batch, int from, int to, Hasher hasher) {
    Page page = new Page(hashes.clone(), children.clone(), kinds, size);
    int[] ends = new int[FAN_OUT + 1];
    ends[0] = from;
    for (int child = 0; child < FAN_OUT; child++) {
      ends[child + 1] = childEnd(batch, ends[child], to, depth, child);
    }
    if (depth < PARALLEL_DEPTH && to - from >= PARALLEL_CHANGES) {
      @Nullable TreeNode[] changed = new @Nullable TreeNode[FAN_OUT];
      IntStream.range(0, FAN_OUT)
          .parallel()
          .forEach(
              child ->
                  changed[child] =
                      childWith(child, depth, batch, ends[child], ends[child + 1], new Hasher()));
      for (int child = 0; child < FAN_OUT; child++) {
        page.child(child, changed[child], depth, hasher);
      }
    } else {
      for (int child = 0; child < FAN_OUT; child++) {
        if (ends[child] < ends[child + 1]) {
          TreeNode changed = childWith(child, depth, batch, ends[child], ends[child + 1], hasher);
          page.child(child, changed, depth, hasher);
        }
      }
    }
    if (ends[0] < ends[2]) {
      page.inner(0, hasher);
    }
    if (ends[2] < ends[4]) {
      page.inner(1, hasher);
    }
    return page.orBucket();
  }

  private @Nullable TreeNode childWith(
      int child, int depth, byte[] batch, int from, int to, Hasher hasher) {
    TreeNode node = children[child];
    if (from == to) {
      return node;
    }
    return node == null
        ? Bucket.EMPTY.with(depth + LEVELS, batch, from, to, hasher)
        : node.with(depth + LEVELS, batch, from, to, hasher);
  }

  /** Index behind the last leaf that belongs to a child. */
  private static int childEnd(byte[] leaves, int from, int to, int depth, int child) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Leaves.quarter(leaves, middle * Leaves.STRIDE, depth) > child) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** Puts a child in its place, with its hash. */
  private void child(int child, @Nullable TreeNode node, int depth, Hasher hasher) {
    TreeNode old = children[child];
    if (old == node) {
      return;
    }
    int offset = (FIRST_CHILD + child) * Hasher.SIZE;
    long nodeSize = 0;
    if (node == null) {
      Arrays.fill(hashes, offset, offset + Hasher.SIZE, (byte) 0);
    } else {
      node.root(depth + LEVELS, hasher, hashes, offset);
      nodeSize = node.size();
    }
    size += nodeSize - (old == null ? 0 : old.size());
    kinds = kinds & ~(3 << 2 * child) | (int) Math.min(nodeSize, 2) << 2 * child;
    children[child] = node;
  }

  /** Computes hash 0 or 1 from those of its two children. */
  private void inner(int half, Hasher hasher) {
    int left = FIRST_CHILD + 2 * half;
    int leftKind = kind(2 * half);
    int rightKind = kind(2 * half + 1);
    int offset = half * Hasher.SIZE;
    if (leftKind + rightKind > 1) {
      hasher.inner(hashes, left * Hasher.SIZE, hashes, offset);
    } else {
      int lone = left + rightKind;
      System.arraycopy(hashes, lone * Hasher.SIZE, hashes, offset, Hasher.SIZE);
    }
  }

  private int kind(int child) {
    return kinds >>> 2 * child & 3;
  }

  private @Nullable TreeNode orBucket() {
    if (size > MIN_PAGE) {
      return this;
    }
    if (size == 0) {
      return null;
    }
    byte[] leaves = new byte[(int) size * Leaves.STRIDE];
    copyLeaves(leaves, 0);
    return new Bucket(leaves);
  }

  @Override
  int copyLeaves(byte[] out, int index) {
    int next = index;
    for (TreeNode child : children) {
      if (child != null) {
        next = child.copyLeaves(out, next);
      }
    }
    return next;
  }

  @Override
  boolean path(int depth, byte[] keyHash, Hasher hasher, List<LeafPath.Step> steps) {
    int child = Leaves.quarter(keyHash, 0, depth);
    int half = child >>> 1;
    steps.add(new LeafPath.Step(half == 1, hash(1 - half)));
    if (kind(2 * half) + kind(2 * half + 1) > 1) {
      steps.add(new LeafPath.Step((child & 1) == 1, hash(FIRST_CHILD + (child ^ 1))));
    }
    TreeNode node = children[child];
    return node != null && node.path(depth + LEVELS, keyHash, hasher, steps);
  }

  @Override
  void subtrees(
      int depth,
      byte[] prefix,
      int wanted,
      Hasher hasher,
      SparseMerkleTree.SubtreeVisitor visitor) {
    if (depth == wanted) {
      byte[] root = new byte[Hasher.SIZE];
      root(depth, hasher, root, 0);
      visitor.visit(extreme(false), root, size);
      return;
    }
    for (int child = 0; child < FAN_OUT; child++) {
      TreeNode node = children[child];
      boolean shared =
          depth >= Byte.SIZE * prefix.length || Leaves.quarter(prefix, 0, depth) == child;
      if (node != null && shared) {
        node.subtrees(depth + LEVELS, prefix, wanted, hasher, visitor);
      }
    }
  }

  private byte[] hash(int index) {
    return Arrays.copyOfRange(hashes, index * Hasher.SIZE, (index + 1) * Hasher.SIZE);
  }

  @Override
  byte @Nullable [] neighbour(int depth, byte[] keyHash, boolean below) {
    int child = Leaves.quarter(keyHash, 0, depth);
    TreeNode node = children[child];
    byte[] found = node == null ? null : node.neighbour(depth + LEVELS, keyHash, below);
    int step = below ? -1 : 1;
    for (int next = child + step; found == null && next >= 0 && next < FAN_OUT; next += step) {
      TreeNode beside = children[next];
      found = beside == null ? null : beside.extreme(below);
    }
    return found;
  }

  @Override
  byte[] extreme(boolean highest) {
    int step = highest ? -1 : 1;
    int child = highest ? FAN_OUT - 1 : 0;
    TreeNode node = children[child];
    while (node == null) {
      child += step;
      node = children[child];
    }
    return node.extreme(highest);
  }
}
