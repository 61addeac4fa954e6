package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StoreReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One store of a {@link Branch}, without gas. What was read from the base is kept, up to a size:
 * whoever walks a large store by its keys fills no memory.
 */
final class OverlayStore implements KVStore {
  /** Bytes up to which what is read is kept; what is read beyond is read again each time. */
  static final long MAX_KEPT_BYTES = 32L << 20;

  /** What an entry takes beside its key and value. */
  private static final int ENTRY_BYTES = 100;

  private final String name;
  private final StoreReader base;
  private final Branch branch;
  private final KeyTable table = new KeyTable();
  private final List<Entry> listed = new ArrayList<>();

  /** What is listed, in order of keys; there from the first iteration on. */
  private @Nullable TreeMap<byte[], Entry> sorted;

  private long keptBytes;

  /** Whether something was read and not kept. */
  private boolean passedOver;

  OverlayStore(String name, StoreReader base, Branch branch) {
    this.name = name;
    this.base = base;
    this.branch = branch;
  }

  String name() {
    return name;
  }

  /** Whether more was read here than is known: by iteration, or beyond what is kept. */
  boolean readMore() {
    return sorted != null || passedOver;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    if (key.length == 0) {
      return null;
    }
    Entry entry = keptBytes < MAX_KEPT_BYTES ? table.at(key) : table.find(key);
    if (entry == null) {
      passedOver = true;
      return read(key);
    }
    if (entry.value == Entry.UNKNOWN) {
      entry.value = readBase(entry);
    }
    return entry.value;
  }

  @Override
  public boolean has(byte[] key) {
    return get(key) != null;
  }

  @Override
  public void set(byte[] key, byte[] value) {
    if (key.length == 0) {
      throw new IllegalArgumentException("empty key in store " + name + ": it could not be proved");
    }
    if (value.length == 0) {
      throw new IllegalArgumentException(
          "empty value in store " + name + ": it could not be proved");
    }
    write(key, value);
  }

  @Override
  public void delete(byte[] key) {
    if (key.length != 0) {
      write(key, null);
    }
  }

  @Override
  public KVIterator iterate(byte[] from, byte @Nullable [] to) {
    return iterator(from, to, false);
  }

  @Override
  public KVIterator reverse(byte[] from, byte @Nullable [] to) {
    return iterator(from, to, true);
  }

  /** What differs from the base, in order of keys. */
  List<Change> changes() {
    List<Entry> written = new ArrayList<>(listed.size());
    for (Entry entry : listed) {
      if (entry.written()) {
        written.add(entry);
      }
    }
    written.sort((a, b) -> Arrays.compareUnsigned(a.key, b.key));
    List<Change> changes = new ArrayList<>(written.size());
    for (Entry entry : written) {
      byte[] old = entry.base == Entry.UNKNOWN ? readBase(entry) : entry.base;
      if (!Arrays.equals(old, entry.value)) {
        changes.add(new Change(entry.key, entry.value, true, old));
      }
    }
    return changes;
  }

  /** Whether every key that was read or written by name is so. */
  boolean allMatch(Predicate<Entry> condition) {
    return table.allMatch(condition);
  }

  /** Every key whose value the base does not have, as far as is known; in no order. */
  void forEachWritten(Consumer<Entry> visitor) {
    for (Entry entry : listed) {
      if (entry.written()) {
        visitor.accept(entry);
      }
    }
  }

  private void write(byte[] key, byte @Nullable [] value) {
    Entry entry = table.at(key);
    if (branch.limited() && entry.base == Entry.UNKNOWN) {
      readBase(entry);
    }
    if (!entry.listed) {
      entry.listed = true;
      listed.add(entry);
      if (sorted != null) {
        sorted.put(entry.key, entry);
      }
    }
    branch.change(entry, value);
  }

  private byte @Nullable [] readBase(Entry entry) {
    byte[] value = read(entry.key);
    entry.base = value;
    keptBytes += ENTRY_BYTES + entry.key.length + (value == null ? 0 : value.length);
    return value;
  }

  private byte @Nullable [] read(byte[] key) {
    try {
      return base.get(key);
    } catch (RuntimeException e) {
      throw new StateReadError(name, e);
    }
  }

  private KVIterator iterator(byte[] from, byte @Nullable [] to, boolean reverse) {
    TreeMap<byte[], Entry> overlay = sorted;
    if (overlay == null) {
      overlay = new TreeMap<>(Arrays::compareUnsigned);
      for (Entry entry : listed) {
        overlay.put(entry.key, entry);
      }
      sorted = overlay;
    }
    if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
      return EmptyIterator.INSTANCE;
    }
    KVIterator below;
    try {
      below = base.iterate(from, to, reverse);
    } catch (RuntimeException e) {
      throw new StateReadError(name, e);
    }
    return branch.opened(
        new MergedIterator(name, below, overlay, from, to, reverse, branch::closed));
  }
}
