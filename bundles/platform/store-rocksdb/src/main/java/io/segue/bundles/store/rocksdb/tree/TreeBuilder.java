package io.segue.bundles.store.rocksdb.tree;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a tree from all of its leaves at once, which is several times cheaper than adding them to
 * an empty one. The leaves are kept by the first byte of their key hash, and each of the 256 parts
 * is sorted and built by itself.
 *
 * <p>Thread safety: one thread at a time.
 */
public final class TreeBuilder {
  private static final int PARTS = 256;

  /** Bits that the first byte of the key hash decides, and so the depth of a part. */
  private static final int PART_DEPTH = 8;

  private static final int FIRST_LEAVES = 8;

  private final byte[][] parts = new byte[PARTS][0];
  private final int[] counts = new int[PARTS];

  /** Adds leaves in the form that {@link Hasher#entry} writes, one behind the other. */
  public void add(byte[] leaves) {
    for (int offset = 0; offset < leaves.length; offset += Leaves.STRIDE) {
      int part = leaves[offset] & 0xff;
      int next = counts[part];
      if (next * Leaves.STRIDE == parts[part].length) {
        int room = Math.max(FIRST_LEAVES, next + next / 2);
        parts[part] = Arrays.copyOf(parts[part], room * Leaves.STRIDE);
      }
      System.arraycopy(leaves, offset, parts[part], next * Leaves.STRIDE, Leaves.STRIDE);
      counts[part]++;
    }
  }

  /**
   * The tree of all leaves that were added; the builder is empty then.
   *
   * @throws IllegalStateException where two leaves have the same key hash
   */
  public SparseMerkleTree build() {
    @Nullable TreeNode[] nodes = new @Nullable TreeNode[PARTS];
    IntStream.range(0, PARTS).parallel().forEach(part -> nodes[part] = part(part));
    Hasher hasher = new Hasher();
    @Nullable TreeNode[] level = nodes;
    for (int depth = PART_DEPTH - 2; depth >= 0; depth -= 2) {
      @Nullable TreeNode[] above = new @Nullable TreeNode[level.length / 4];
      for (int i = 0; i < above.length; i++) {
        above[i] = Page.over(Arrays.copyOfRange(level, 4 * i, 4 * i + 4), depth, hasher);
      }
      level = above;
    }
    return new SparseMerkleTree(level[0]);
  }

  private @Nullable TreeNode part(int part) {
    int count = counts[part];
    byte[] sorted = LeafOrder.sorted(parts[part], count, 1);
    parts[part] = new byte[0];
    counts[part] = 0;
    for (int i = 1; i < count; i++) {
      if (Leaves.compare(sorted, (i - 1) * Leaves.STRIDE, sorted, i * Leaves.STRIDE) == 0) {
        throw new IllegalStateException("two leaves have the same key hash");
      }
    }
    return TreeNode.of(sorted, 0, count, PART_DEPTH, new Hasher());
  }
}
