package io.segue.kernel.testkit;

import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.store.StoreReader;
import io.segue.kernel.testkit.SparseMerkleDefinition.Leaf;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The stores of one height. */
final class InMemoryView implements StateView {
  private final long height;
  private final SortedMap<String, InMemoryEntries> stores;
  private volatile boolean closed;

  InMemoryView(long height, SortedMap<String, InMemoryEntries> stores) {
    this.height = height;
    this.stores = stores;
  }

  @Override
  public long height() {
    return height;
  }

  @Override
  public Set<String> stores() {
    return Collections.unmodifiableSet(stores.keySet());
  }

  @Override
  public StoreReader store(String name) {
    return new Reader(InMemoryStore.named(stores, name).leaves());
  }

  @Override
  public void close() {
    closed = true;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the view of height " + height + " is closed");
    }
  }

  private final class Reader implements StoreReader {
    private final SortedMap<byte[], Leaf> leaves;

    Reader(SortedMap<byte[], Leaf> leaves) {
      this.leaves = leaves;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
      checkOpen();
      Leaf leaf = leaves.get(key);
      return leaf == null ? null : leaf.value();
    }

    @Override
    public KVIterator iterate(byte[] from, byte @Nullable [] to, boolean reverse) {
      checkOpen();
      if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
        return new Cursor(Collections.emptyIterator());
      }
      NavigableMap<byte[], Leaf> range =
          new TreeMap<>(to == null ? leaves.tailMap(from) : leaves.subMap(from, to));
      return new Cursor((reverse ? range.descendingMap() : range).values().iterator());
    }

    @Override
    public long size() {
      return leaves.size();
    }
  }

  private final class Cursor implements KVIterator {
    private final Iterator<Leaf> rest;
    private @Nullable Leaf current;

    Cursor(Iterator<Leaf> rest) {
      this.rest = rest;
    }

    @Override
    public boolean next() {
      checkOpen();
      current = rest.hasNext() ? rest.next() : null;
      return current != null;
    }

    @Override
    public byte[] key() {
      return current().key();
    }

    @Override
    public byte[] value() {
      return current().value();
    }

    private Leaf current() {
      if (current == null) {
        throw new NoSuchElementException("the iterator is not on an entry");
      }
      return current;
    }

    @Override
    public void close() {
      current = null;
    }
  }
}
