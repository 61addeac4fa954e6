package io.segue.bundles.staking;

import io.segue.bundles.sdk.Budget;
import io.segue.bundles.sdk.Times;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done when its time comes, the earliest first and of equal times by key. Valid as
 * long as the store it was made with.
 */
final class TimeQueue {
  /** How many rows are in memory at once. */
  private static final int PAGE = 64;

  private static final int TIME_LENGTH = Times.key(Instant.EPOCH).length;

  private final KVStore store;
  private final byte[] prefix;

  /**
   * A queue.
   *
   * @param prefix one of the queues of {@link StakingKeys}
   */
  TimeQueue(KVStore store, byte[] prefix) {
    this.store = store;
    this.prefix = prefix;
  }

  /** Enters something; entered again for the same time it stands there once. */
  void add(Instant time, byte[] id) {
    store.set(key(time, id), StakingKeys.PRESENT);
  }

  /** Takes something out that is there. */
  void remove(Instant time, byte[] id) {
    store.delete(key(time, id));
  }

  /** Whether something waits for a time. */
  boolean has(Instant time, byte[] id) {
    return store.has(key(time, id));
  }

  /** How many rows there are. */
  long size() {
    long size = 0;
    try (KVIterator rows = store.prefix(prefix)) {
      while (rows.next()) {
        size++;
      }
    }
    return size;
  }

  /**
   * Takes out what is due, one row at least and then as many as the budget allows; the others are
   * the first ones the next time.
   *
   * @param work gets each id when its row is removed
   */
  void drain(Instant now, Budget budget, Consumer<byte[]> work) {
    boolean any = false;
    byte[] end = KVStore.prefixEnd(StakingKeys.join(prefix, Times.key(now)));
    while (true) {
      List<byte[]> due = page(end);
      if (due.isEmpty()) {
        return;
      }
      for (byte[] key : due) {
        if (any && !budget.left()) {
          return;
        }
        any = true;
        store.delete(key);
        work.accept(Arrays.copyOfRange(key, prefix.length + TIME_LENGTH, key.length));
      }
    }
  }

  /** The first rows: collected, because the state changes next. */
  private List<byte[]> page(byte @Nullable [] end) {
    List<byte[]> keys = new ArrayList<>(PAGE);
    try (KVIterator rows = store.iterate(prefix, end)) {
      while (keys.size() < PAGE && rows.next()) {
        keys.add(rows.key());
      }
    }
    return keys;
  }

  private byte[] key(Instant time, byte[] id) {
    return StakingKeys.join(prefix, Times.key(time), id);
  }
}
