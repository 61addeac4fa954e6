package io.segue.bundles.store.rocksdb.tree;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;

/**
 * Hashes a stream of entries on other threads while the caller reads on. What comes out keeps the
 * order of what went in.
 *
 * <p>Thread safety: one thread; the sink runs on it.
 */
public final class LeafPipeline {
  private static final int BATCH = 2048;
  private static final int MAX_PENDING = 4;

  private final Sink sink;
  private final Deque<Batch> pending = new ArrayDeque<>();
  private Batch filling = new Batch();

  public LeafPipeline(Sink sink) {
    this.sink = sink;
  }

  /** Takes an entry; the arrays must not be changed. */
  public void add(byte[] key, byte[] value) {
    filling.keys.add(key);
    filling.values.add(value);
    if (filling.keys.size() == BATCH) {
      submit();
      if (pending.size() > MAX_PENDING) {
        take();
      }
    }
  }

  /** Waits until the sink has got everything. */
  public void finish() {
    submit();
    while (!pending.isEmpty()) {
      take();
    }
  }

  private void submit() {
    Batch batch = filling;
    batch.task = ForkJoinPool.commonPool().submit(batch::hash);
    pending.add(batch);
    filling = new Batch();
  }

  private void take() {
    Batch batch = pending.remove();
    sink.accept(batch.keys, batch.task.join());
  }

  /** Takes hashed entries. */
  @FunctionalInterface
  public interface Sink {
    /**
     * @param keys some keys
     * @param leaves key hash and leaf hash of each, one behind the other
     */
    void accept(List<byte[]> keys, byte[] leaves);
  }

  private static final class Batch {
    private final List<byte[]> keys = new ArrayList<>(BATCH);
    private final List<byte[]> values = new ArrayList<>(BATCH);
    private ForkJoinTask<byte[]> task = ForkJoinTask.adapt(this::hash);

    byte[] hash() {
      Hasher hasher = new Hasher();
      byte[] leaves = new byte[keys.size() * Leaves.STRIDE];
      for (int i = 0; i < keys.size(); i++) {
        hasher.entry(keys.get(i), values.get(i), leaves, i * Leaves.STRIDE);
      }
      return leaves;
    }
  }
}
