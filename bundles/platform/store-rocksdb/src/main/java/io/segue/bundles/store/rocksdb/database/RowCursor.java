package io.segue.bundles.store.rocksdb.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A layer of rows in RocksDB; keys without the store number. */
public final class RowCursor implements Cursor {
  private final RocksIterator iterator;
  private final ReadOptions options;
  private final Slice lower;
  private final Slice upper;
  private final boolean reverse;
  private boolean started;

  RowCursor(
      RocksIterator iterator, ReadOptions options, Slice lower, Slice upper, boolean reverse) {
    this.iterator = iterator;
    this.options = options;
    this.lower = lower;
    this.upper = upper;
    this.reverse = reverse;
  }

  @Override
  public boolean next() {
    if (!started) {
      started = true;
      if (reverse) {
        iterator.seekToLast();
      } else {
        iterator.seekToFirst();
      }
    } else if (iterator.isValid()) {
      if (reverse) {
        iterator.prev();
      } else {
        iterator.next();
      }
    }
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw new UncheckedIOException(new IOException("rows can't be read: " + e.getMessage(), e));
    }
  }

  /** The whole key of the row. */
  public byte[] row() {
    return iterator.key();
  }

  @Override
  public byte[] key() {
    return Rows.keyOf(iterator.key());
  }

  @Override
  public byte[] value() {
    return iterator.value();
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    lower.close();
    upper.close();
  }
}
