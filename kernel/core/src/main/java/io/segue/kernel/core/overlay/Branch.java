package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.gas.ChangeLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes on top of a view of the state, which itself never changes.
 *
 * <p>There is one overlay for each store, however deep branches nest: {@link #mark} opens a branch
 * within this one, and {@link #undo} takes back what was written since from a journal of old
 * values, {@link #keep} leaves it. Marks nest like brackets. So an access costs one lookup at any
 * depth, and keeping a branch costs nothing.
 *
 * <p>Not thread safe. The view must stay open as long as the branch is used.
 */
public final class Branch {
  private final StateView base;
  private final Map<String, OverlayStore> stores = new HashMap<>();
  private final List<MergedIterator> openIterators = new ArrayList<>();

  /** The entries written since the outermost mark, and what they held before each write. */
  private final List<Entry> journal = new ArrayList<>();

  private final List<byte @Nullable []> oldValues = new ArrayList<>();
  private int marks;
  private long changedBytes;
  private ChangeLimit limit = ChangeLimit.NONE;

  /** A branch without writes. */
  public Branch(StateView base) {
    this.base = base;
  }

  /** The state below. */
  public StateView base() {
    return base;
  }

  /**
   * A store, without gas.
   *
   * @throws IllegalArgumentException where the view has none of this name
   */
  public KVStore store(String name) {
    return overlay(name);
  }

  public OverlayStore overlay(String name) {
    OverlayStore store = stores.get(name);
    if (store == null) {
      store = new OverlayStore(name, base.store(name), this);
      stores.put(name, store);
    }
    return store;
  }

  /** Opens a branch within; every mark is given back once, to {@link #keep} or {@link #undo}. */
  public int mark() {
    marks++;
    return journal.size();
  }

  /** Keeps what was written since the mark, as part of the branch around it. */
  public void keep(int mark) {
    closeMark(mark);
    if (marks == 0) {
      journal.clear();
      oldValues.clear();
    }
  }

  /** Takes back what was written since the mark. */
  public void undo(int mark) {
    closeMark(mark);
    for (int last = journal.size() - 1; last >= mark; last--) {
      set(journal.remove(last), oldValues.remove(last));
    }
  }

  /**
   * What differs from the view, by store and then by key as unsigned bytes. Every change carries
   * the old value; a key written back to its old value is not in it. Stores without a change are
   * left out.
   */
  public SortedMap<String, List<Change>> changes() {
    SortedMap<String, List<Change>> all = new TreeMap<>();
    for (OverlayStore store : stores.values()) {
      List<Change> changes = store.changes();
      if (!changes.isEmpty()) {
        all.put(store.name(), changes);
      }
    }
    return all;
  }

  /** Closes the iterators that a module forgot to close. */
  public void closeIterators() {
    while (!openIterators.isEmpty()) {
      openIterators.get(openIterators.size() - 1).close();
    }
  }

  /** The stores that were touched, in no order. */
  Iterable<OverlayStore> touched() {
    return stores.values();
  }

  /**
   * Changes an entry, and notes its value before.
   *
   * @throws io.segue.kernel.api.module.ModuleException where the changes are more than the limit;
   *     whoever catches it and goes on is refused by {@link #requireWithinLimit}
   */
  void change(Entry entry, byte @Nullable [] value) {
    if (marks > 0) {
      journal.add(entry);
      oldValues.add(entry.value);
    }
    set(entry, value);
    requireWithinLimit();
  }

  /** Bytes of what differs from the view, as {@link Entry#changedBytes} counts them. */
  public long changedBytes() {
    return changedBytes;
  }

  /** From now on changes are refused that make more bytes than the limit. */
  public void limitChanges(ChangeLimit newLimit) {
    limit = newLimit;
  }

  /** Whether changes have a limit, so that old values count. */
  boolean limited() {
    return limit.bytes() != Long.MAX_VALUE;
  }

  /** Refuses what changed more than the limit. */
  public void requireWithinLimit() {
    if (changedBytes > limit.bytes()) {
      throw limit.refusal();
    }
  }

  private void set(Entry entry, byte @Nullable [] value) {
    entry.value = value;
    changedBytes -= entry.counted;
    entry.counted = entry.changedBytes();
    changedBytes += entry.counted;
  }

  MergedIterator opened(MergedIterator iterator) {
    openIterators.add(iterator);
    return iterator;
  }

  void closed(MergedIterator iterator) {
    for (int i = openIterators.size() - 1; i >= 0; i--) {
      if (openIterators.get(i) == iterator) {
        openIterators.remove(i);
        return;
      }
    }
  }

  private void closeMark(int mark) {
    if (marks == 0 || mark > journal.size()) {
      throw new IllegalStateException("mark " + mark + " is not open: marks nest like brackets");
    }
    marks--;
  }
}
