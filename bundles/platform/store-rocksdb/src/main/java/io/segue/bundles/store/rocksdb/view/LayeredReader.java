package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.change.ChangeSet;
import io.segue.bundles.store.rocksdb.database.Cursor;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.MergingCursor;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.kernel.api.module.KVIterator;
import io.segue.kernel.api.store.StoreReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a store through its layers: the way back to a height, and the rows below it. */
public final class LayeredReader implements StoreReader {
  private final RocksView view;
  private final RocksView.Source source;

  LayeredReader(RocksView view, RocksView.Source source) {
    this.view = view;
    this.source = source;
  }

  RocksView.Source source() {
    return source;
  }

  @Override
  public byte @Nullable [] get(byte[] key) {
    return view.read(() -> find(key));
  }

  private byte @Nullable [] find(byte[] key) {
    ChangeSet.Old old = source.undo().find(key);
    if (old != null) {
      return old.value();
    }
    return source.rows().get(Family.LATEST, Rows.row(source.number(), key));
  }

  @Override
  public KVIterator iterate(byte[] from, byte @Nullable [] to, boolean reverse) {
    return new ViewIterator(view, view.open(() -> cursor(from, to, reverse)));
  }

  /** The layers as one. */
  private Cursor cursor(byte[] from, byte @Nullable [] to, boolean reverse) {
    if (to != null && Arrays.compareUnsigned(from, to) >= 0) {
      return new MergingCursor(List.of(), reverse);
    }
    List<Cursor> layers = new ArrayList<>(source.undo().layers(from, to, reverse));
    Cursor rows = source.rows().cursor(source.number(), from, to, reverse);
    if (layers.isEmpty()) {
      return rows;
    }
    layers.add(rows);
    return new MergingCursor(layers, reverse);
  }

  @Override
  public long size() {
    return source.size();
  }
}
