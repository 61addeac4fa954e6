package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.TxIndex.Location;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.HeightPage;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Finds blocks by conditions on their own events, which must all hold within one event as in
 * CometBFT, and on {@code block.height}, which goes with anything.
 */
public final class BlockSearch {
  private static final String HEIGHT = "block.height";

  private final EventSearch events;

  public BlockSearch(TxIndex index) {
    this(index, TxSearch.MAX_ROWS);
  }

  BlockSearch(TxIndex index, long maxRows) {
    this.events = new EventSearch(index, IndexRows.BLOCK_EVENT, maxRows);
  }

  /**
   * Searches among the heights from {@code oldest} to {@code newest}.
   *
   * @throws IllegalArgumentException where a condition makes no sense, or too much would be read
   */
  public HeightPage find(TxQuery query, long oldest, long newest) throws IOException {
    HeightRange range = new HeightRange(oldest, newest);
    List<Condition> onEvents = new ArrayList<>();
    for (Condition condition : query.conditions()) {
      if (condition.key().equals(HEIGHT)) {
        range = range.and(condition);
      } else {
        onEvents.add(condition);
      }
    }
    if (onEvents.isEmpty()) {
      return all(range, query);
    }
    TxSearch.Found found = events.find(onEvents, range, query);
    return new HeightPage(found.hits().stream().map(Location::height).toList(), found.total());
  }

  /** Every height of a range, of which nothing has to be read. */
  private static HeightPage all(HeightRange range, TxQuery query) {
    long left = Math.max(0, range.count() - query.offset());
    List<Long> heights =
        LongStream.range(0, Math.min(left, query.limit()))
            .map(i -> query.offset() + i)
            .map(i -> query.descending() ? range.high() - i : range.low() + i)
            .boxed()
            .toList();
    return new HeightPage(heights, range.count());
  }
}
