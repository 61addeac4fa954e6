package io.segue.kernel.core.overlay;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateStore.Change;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A state in maps, for tests of what lies above a store. */
public final class MapView implements StateView {
  public final Map<String, NavigableMap<byte[], byte[]>> stores = new HashMap<>();
  public final long height;
  public int openIterators;
  int pointReads;

  public MapView(long height, String... stores) {
    this.height = height;
    for (String store : stores) {
      this.stores.put(store, new TreeMap<>(Arrays::compareUnsigned));
    }
  }

  public static MapView of(String... stores) {
    return new MapView(1, stores);
  }

  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  public static String text(byte @Nullable [] bytes) {
    return bytes == null ? "(none)" : new String(bytes, StandardCharsets.UTF_8);
  }

  public MapView with(String store, String key, String value) {
    entries(store).put(bytes(key), bytes(value));
    return this;
  }

  /** This state after changes, as the next height has it. */
  public MapView after(SortedMap<String, List<Change>> changes) {
    MapView next = new MapView(height + 1, stores.keySet().toArray(new String[0]));
    stores.forEach((name, entries) -> next.entries(name).putAll(entries));
    changes.forEach(
        (name, list) -> {
          for (Change change : list) {
            if (change.value() == null) {
              next.entries(name).remove(change.key());
            } else {
              next.entries(name).put(change.key(), change.value());
            }
          }
        });
    return next;
  }

  NavigableMap<byte[], byte[]> entries(String store) {
    return Objects.requireNonNull(stores.get(store), store);
  }

  /** What a store holds, as text. */
  public SortedMap<String, String> texts(String store) {
    SortedMap<String, String> texts = new TreeMap<>();
    entries(store).forEach((key, value) -> texts.put(text(key), text(value)));
    return texts;
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public Set<String> stores() {
    return stores.keySet();
  }

  @Override
  public StoreReader store(String name) {
    NavigableMap<byte[], byte[]> entries = stores.get(name);
    if (entries == null) {
      throw new IllegalArgumentException("no store " + name);
    }
    return new MapReader(entries);
  }

  @Override
  public void close() {}

  private final class MapReader implements StoreReader {
    private final NavigableMap<byte[], byte[]> entries;

    MapReader(NavigableMap<byte[], byte[]> entries) {
      this.entries = entries;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      pointReads++;
      return entries.get(key);
    }

    @Override
    public KVIterator iterate(byte[] from, byte @Nullable [] to, boolean reverse) {
      NavigableMap<byte[], byte[]> range =
          to == null ? entries.tailMap(from, true) : entries.subMap(from, true, to, false);
      openIterators++;
      return new MapIterator((reverse ? range.descendingMap() : range).entrySet().iterator());
    }

    @Override
    public long size() {
      return entries.size();
    }
  }

  private final class MapIterator implements KVIterator {
    private final Iterator<Map.Entry<byte[], byte[]>> entries;
    private Map.@Nullable Entry<byte[], byte[]> current;

    MapIterator(Iterator<Map.Entry<byte[], byte[]>> entries) {
      this.entries = entries;
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
      openIterators--;
    }
  }
}
