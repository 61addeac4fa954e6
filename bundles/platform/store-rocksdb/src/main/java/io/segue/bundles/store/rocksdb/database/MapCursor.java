package io.segue.bundles.store.rocksdb.database;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A layer of entries in memory, in the order of a map; an empty value stands for "absent". */
public final class MapCursor implements Cursor {
  private final Iterator<Map.Entry<byte[], Optional<byte[]>>> rest;
  private Map.@Nullable Entry<byte[], Optional<byte[]>> current;

  public MapCursor(Map<byte[], Optional<byte[]>> entries) {
    this.rest = entries.entrySet().iterator();
  }

  @Override
  public boolean next() {
    current = rest.hasNext() ? rest.next() : null;
    return current != null;
  }

  @Override
  public byte[] key() {
    return current().getKey();
  }

  @Override
  public byte @Nullable [] value() {
    return current().getValue().orElse(null);
  }

  private Map.Entry<byte[], Optional<byte[]>> current() {
    if (current == null) {
      throw new NoSuchElementException("the cursor is not on an entry");
    }
    return current;
  }
}
