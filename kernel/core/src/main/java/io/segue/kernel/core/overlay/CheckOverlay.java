package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The committed state with the writes of the transactions that wait in the mempool.
 *
 * <p>Thread safety: any thread reads at any time and may see a part of what another is just adding.
 * So a reader asks afterwards, under this object's lock, whether what it read still {@link #holds},
 * and only then {@link #add adds} its own writes.
 */
public final class CheckOverlay implements StateView {
  private final StateView base;
  private final Map<String, CheckStore> stores = new ConcurrentHashMap<>();
  private volatile long additions;

  public CheckOverlay(StateView base) {
    this.base = base;
  }

  @Override
  public long height() {
    return base.height();
  }

  @Override
  public Set<String> stores() {
    return base.stores();
  }

  @Override
  public StoreReader store(String name) {
    return checkStore(name);
  }

  /** Does nothing: the view below is closed by its owner. */
  @Override
  public void close() {}

  /** How often writes were added. */
  public long additions() {
    return additions;
  }

  /** Whether everything that was read on a branch, begun after so many additions, is still so. */
  public boolean holds(Branch branch, long additionsBefore) {
    if (additions == additionsBefore) {
      return true;
    }
    for (OverlayStore read : branch.touched()) {
      if (read.readMore() || !checkStore(read.name()).holds(read)) {
        return false;
      }
    }
    return true;
  }

  /** Adds what was written on a branch; the caller holds the lock. */
  @SuppressWarnings("NonAtomicVolatileUpdate")
  public void add(Branch branch) {
    for (OverlayStore written : branch.touched()) {
      checkStore(written.name()).add(written);
    }
    additions++;
  }

  private CheckStore checkStore(String name) {
    CheckStore store = stores.get(name);
    return store != null
        ? store
        : stores.computeIfAbsent(name, missing -> new CheckStore(missing, base.store(missing)));
  }

  private static final class CheckStore implements StoreReader {
    private final String name;
    private final StoreReader base;
    private final ConcurrentSkipListMap<byte[], Entry> written =
        new ConcurrentSkipListMap<>(Arrays::compareUnsigned);

    CheckStore(String name, StoreReader base) {
      this.name = name;
      this.base = base;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      Entry entry = written.get(key);
      return entry == null ? base.get(key) : entry.value;
    }

    @Override
    public KVIterator iterate(byte[] from, byte @Nullable [] to, boolean reverse) {
      return new MergedIterator(
          name, base.iterate(from, to, reverse), written, from, to, reverse, closed -> {});
    }

    /** Entries of the committed state; those that wait are not counted. */
    @Override
    public long size() {
      return base.size();
    }

    boolean holds(OverlayStore read) {
      return read.allMatch(
          entry -> {
            Entry now = entry.base == Entry.UNKNOWN ? null : written.get(entry.key);
            return now == null || Arrays.equals(now.value, entry.base);
          });
    }

    void add(OverlayStore from) {
      from.forEachWritten(
          entry -> {
            Entry added = new Entry(entry.key, entry.hash);
            added.value = entry.value;
            written.put(entry.key, added);
          });
    }
  }
}
