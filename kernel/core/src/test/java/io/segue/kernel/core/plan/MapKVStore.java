package io.segue.kernel.core.plan;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.module.KVStore;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in a map. */
final class MapKVStore implements KVStore {
  private final NavigableMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);

  /** Everything, as hex. */
  SortedMap<String, String> hex() {
    SortedMap<String, String> hex = new TreeMap<>();
    HexFormat format = HexFormat.of();
    entries.forEach((key, value) -> hex.put(format.formatHex(key), format.formatHex(value)));
    return hex;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return entries.get(key);
  }

  @Override
  public boolean has(byte[] key) {
    return entries.containsKey(key);
  }

  @Override
  public void set(byte[] key, byte[] value) {
    entries.put(key, value);
  }

  @Override
  public void delete(byte[] key) {
    entries.remove(key);
  }

  @Override
  public KVIterator iterate(byte[] from, byte @Nullable [] to) {
    return iterator(range(from, to));
  }

  @Override
  public KVIterator reverse(byte[] from, byte @Nullable [] to) {
    return iterator(range(from, to).descendingMap());
  }

  private NavigableMap<byte[], byte[]> range(byte[] from, byte @Nullable [] to) {
    return to == null ? entries.tailMap(from, true) : entries.subMap(from, true, to, false);
  }

  private static KVIterator iterator(NavigableMap<byte[], byte[]> range) {
    Iterator<Map.Entry<byte[], byte[]>> left = new TreeMap<>(range).entrySet().iterator();
    return new KVIterator() {
      private Map.@Nullable Entry<byte[], byte[]> current;

      @Override
      public boolean next() {
        current = left.hasNext() ? left.next() : null;
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
      public void close() {}
    };
  }
}
