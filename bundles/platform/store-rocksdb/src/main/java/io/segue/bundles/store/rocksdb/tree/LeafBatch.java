package io.segue.bundles.store.rocksdb.tree;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Changes of leaves, in order of their key hash. */
public final class LeafBatch {
  /** Changes that one batch can hold. */
  public static final int MAX_CHANGES = LeafOrder.MAX_LEAVES;

  /** Entries hashed in one go by one thread. */
  private static final int CHUNK = 1024;

  private final byte[] sorted;

  private LeafBatch(byte[] sorted) {
    this.sorted = sorted;
  }

  /**
   * Hashes entries, in several threads where there are many.
   *
   * @param keys all different
   * @param values by the same index; null removes the leaf
   * @param count how many
   */
  public static LeafBatch of(Keys keys, Values values, int count) {
    byte[] leaves = new byte[count * Leaves.STRIDE];
    IntStream.range(0, (count + CHUNK - 1) / CHUNK)
        .parallel()
        .forEach(
            chunk -> {
              Hasher hasher = new Hasher();
              int end = Math.min(count, (chunk + 1) * CHUNK);
              for (int i = chunk * CHUNK; i < end; i++) {
                int offset = i * Leaves.STRIDE;
                byte[] value = values.get(i);
                if (value == null) {
                  System.arraycopy(hasher.hash(keys.get(i)), 0, leaves, offset, Hasher.SIZE);
                } else {
                  hasher.entry(keys.get(i), value, leaves, offset);
                }
              }
            });
    return new LeafBatch(LeafOrder.sorted(leaves, count, 0));
  }

  /** Leaves whose hashes are known already. */
  static LeafBatch ofLeaves(byte[] leaves) {
    return new LeafBatch(LeafOrder.sorted(leaves, leaves.length / Leaves.STRIDE, 0));
  }

  int size() {
    return sorted.length / Leaves.STRIDE;
  }

  byte[] leaves() {
    return sorted;
  }

  /** Keys by index. */
  @FunctionalInterface
  public interface Keys {
    byte[] get(int index);
  }

  /** Values by index, null for none. */
  @FunctionalInterface
  public interface Values {
    byte @Nullable [] get(int index);
  }
}
