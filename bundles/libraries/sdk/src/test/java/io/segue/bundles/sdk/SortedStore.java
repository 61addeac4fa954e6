package io.segue.bundles.sdk;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in memory, without gas. */
public final class SortedStore implements KVStore {
  private final TreeMap<byte[], byte[]> map = new TreeMap<>(Arrays::compareUnsigned);
  private int open;

  @Override
  public byte @Nullable [] get(byte[] key) {
    return map.get(key);
  }

  @Override
  public boolean has(byte[] key) {
    return map.containsKey(key);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    map.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    map.remove(key);
  }

  @Override
  public KVIterator iterate(byte[] from, byte @Nullable [] to) {
    return new Cursor(range(from, to));
  }

  @Override
  public KVIterator reverse(byte[] from, byte @Nullable [] to) {
    return new Cursor(range(from, to).descendingMap());
  }

  /** How many iterators nobody has closed. */
  public int open() {
    return open;
  }

  private NavigableMap<byte[], byte[]> range(byte[] from, byte @Nullable [] to) {
    return to == null ? map.tailMap(from, true) : map.subMap(from, true, to, false);
  }

  private final class Cursor implements KVIterator {
    private final Iterator<Map.Entry<byte[], byte[]>> entries;
    private Map.@Nullable Entry<byte[], byte[]> current;

    Cursor(Map<byte[], byte[]> map) {
      this.entries = List.copyOf(map.entrySet()).iterator(); // so that others may be written
      open++;
    }

    @Override
    public boolean next() {
      current = entries.hasNext() ? entries.next() : null;
      return current != null;
    }

    @Override
    public byte[] key() {
      return Objects.requireNonNull(current).getKey();
    }

    @Override
    public byte[] value() {
      return Objects.requireNonNull(current).getValue();
    }

    @Override
    public void close() {
      open--;
    }
  }
}
