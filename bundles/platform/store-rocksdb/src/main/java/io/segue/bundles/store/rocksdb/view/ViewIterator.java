package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.kernel.api.module.KVIterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A cursor of a view, without the keys that are absent.
 *
 * <p>Thread safety: one thread at a time; the view may be closed by another one.
 */
final class ViewIterator implements KVIterator {
  private final RocksView view;
  private final Cursor cursor;
  private boolean closed;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  ViewIterator(RocksView view, Cursor cursor) {
    this.view = view;
    this.cursor = cursor;
  }

  @Override
  public boolean next() {
    return view.read(this::advance);
  }

  private boolean advance() {
    if (closed) {
      throw new IllegalStateException("the iterator is closed");
    }
    while (cursor.next()) {
      value = cursor.value();
      if (value != null) {
        key = cursor.key();
        return true;
      }
    }
    key = null;
    value = null;
    return false;
  }

  @Override
  public byte[] key() {
    return onEntry(key);
  }

  @Override
  public byte[] value() {
    return onEntry(value);
  }

  private static byte[] onEntry(byte @Nullable [] part) {
    if (part == null) {
      throw new NoSuchElementException("the iterator is not on an entry");
    }
    return part;
  }

  @Override
  public void close() {
    closed = true;
    key = null;
    value = null;
    view.close(cursor);
  }
}
