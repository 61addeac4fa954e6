package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.commit.Committed;
import io.segue.bundles.store.rocksdb.commit.HeightRecord;
import io.segue.bundles.store.rocksdb.commit.HeightsAbove;

/**
 * A height that somebody reads, with all that is needed to get there from the last commit.
 *
 * @param view reads it; closes it all
 * @param record its index
 * @param committed the last commit when it was opened
 * @param later the heights above it
 */
public record PinnedHeight(
    RocksView view, HeightRecord record, Committed committed, HeightsAbove later)
    implements AutoCloseable {
  @Override
  public void close() {
    view.close();
  }
}
