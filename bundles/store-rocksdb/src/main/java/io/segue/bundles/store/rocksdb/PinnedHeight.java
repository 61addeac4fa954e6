package io.segue.bundles.store.rocksdb;

import java.util.List;

/**
 * A height that somebody reads, with all that is needed to get there from the last commit.
 *
 * @param view reads it; closes it all
 * @param record its index
 * @param committed the last commit when it was opened
 * @param later the heights above it, ascending, up to the last commit
 */
record PinnedHeight(
    RocksView view, HeightRecord record, Committed committed, List<HeightRecord> later)
    implements AutoCloseable {
  @Override
  public void close() {
    view.close();
  }
}
