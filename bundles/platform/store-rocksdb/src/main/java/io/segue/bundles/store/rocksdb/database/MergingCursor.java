package io.segue.bundles.store.rocksdb.database;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several layers as one: of the entries of a key, the one of the first layer counts. */
public final class MergingCursor implements Cursor {
  private final List<Cursor> layers;
  private final Comparator<CommitInfo> order;
  private final PriorityQueue<CommitInfo> heads;
  private final Consumer<byte[]> onHidden;
  private @Nullable CommitInfo current;
  private boolean started;

  /**
   * @param layers the one that counts most first; closed with this cursor
   */
  public MergingCursor(List<Cursor> layers, boolean reverse) {
    this(layers, reverse, key -> {});
  }

  /**
   * @param onHidden takes the key of every entry that another layer's entry hides
   */
  public MergingCursor(List<Cursor> layers, boolean reverse, Consumer<byte[]> onHidden) {
    this.layers = layers;
    this.onHidden = onHidden;
    this.order =
        (a, b) -> {
          int keys = Arrays.compareUnsigned(a.key, b.key);
          return keys == 0 ? Integer.compare(a.priority, b.priority) : reverse ? -keys : keys;
        };
    this.heads = new PriorityQueue<>(layers.size() + 1, order);
  }

  @Override
  public boolean next() {
    if (!started) {
      started = true;
      for (int i = 0; i < layers.size(); i++) {
        enqueue(new CommitInfo(layers.get(i), i));
      }
    } else if (current != null) {
      CommitInfo last = current;
      dropHidden(last.key);
      if (last.advance()) {
        CommitInfo least = heads.peek();
        if (least == null || order.compare(last, least) < 0) {
          return true;
        }
        heads.add(last);
      }
    }
    current = heads.poll();
    return current != null;
  }

  private void dropHidden(byte[] key) {
    for (CommitInfo same = heads.peek();
        same != null && Arrays.equals(same.key, key);
        same = heads.peek()) {
      heads.poll();
      onHidden.accept(same.key);
      enqueue(same);
    }
  }

  private void enqueue(CommitInfo head) {
    if (head.advance()) {
      heads.add(head);
    }
  }

  @Override
  public byte[] key() {
    return current().key;
  }

  @Override
  public byte @Nullable [] value() {
    return current().cursor.value();
  }

  private CommitInfo current() {
    if (current == null) {
      throw new NoSuchElementException("the cursor is not on an entry");
    }
    return current;
  }

  @Override
  public void close() {
    layers.forEach(Cursor::close);
  }

  /** Where one layer stands. */
  private static final class CommitInfo {
    private final Cursor cursor;
    private final int priority;
    private byte[] key = new byte[0];

    CommitInfo(Cursor cursor, int priority) {
      this.cursor = cursor;
      this.priority = priority;
    }

    boolean advance() {
      if (!cursor.next()) {
        return false;
      }
      key = cursor.key();
      return true;
    }
  }
}
