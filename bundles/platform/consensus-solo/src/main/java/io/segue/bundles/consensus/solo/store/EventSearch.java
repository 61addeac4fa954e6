package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.TxIndex.Location;
import io.segue.bundles.consensus.solo.store.TxSearch.Found;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the places whose events meet conditions, from a {@link TxIndex} alone. As in CometBFT, all
 * conditions must hold within one event.
 *
 * <p>Each condition is a stream of rows in order of height. The streams are walked in step: each is
 * moved on to the highest height any of them has reached, until they agree on one.
 */
final class EventSearch {
  private final TxIndex index;
  private final byte kind;
  private final long maxRows;

  /**
   * A search.
   *
   * @param kind of events, as {@link IndexRows} has it
   * @param maxRows a search that needs to read more rows is refused
   */
  EventSearch(TxIndex index, byte kind, long maxRows) {
    this.index = index;
    this.kind = kind;
    this.maxRows = maxRows;
  }

  /**
   * Searches; without conditions everything is found that has a number of transactions.
   *
   * @param conditions those of the query on events
   * @param query says which part of the hits is wanted, and in which order
   * @throws IllegalArgumentException where a condition makes no sense, or too much would be read
   */
  Found find(List<Condition> conditions, HeightRange range, TxQuery query) throws IOException {
    return index.reading(() -> search(conditions, range, query));
  }

  private Found search(List<Condition> conditions, HeightRange range, TxQuery query) {
    if (!query.descending()) {
      return select(conditions, range, query.offset(), query.limit());
    }
    long total = select(conditions, range, 0, 0).total();
    long end = Math.max(0, total - query.offset());
    long start = Math.max(0, end - query.limit());
    List<Location> hits =
        new ArrayList<>(select(conditions, range, start, (int) (end - start)).hits());
    Collections.reverse(hits);
    return new Found(hits, total);
  }

  private Found select(List<Condition> conditions, HeightRange range, long offset, int limit) {
    Selection selection = new Selection(offset, limit);
    RowBudget budget = new RowBudget(maxRows);
    List<RowStream> streams = new ArrayList<>();
    try {
      if (conditions.isEmpty()) {
        streams.add(index.countStream(budget));
      }
      for (Condition condition : conditions) {
        streams.add(index.eventStream(kind, condition, range, budget));
      }
      walk(streams, range, selection);
    } finally {
      streams.forEach(RowStream::close);
    }
    return selection.found();
  }

  private static void walk(List<RowStream> streams, HeightRange range, Selection selection) {
    long height = range.low();
    while (height <= range.high()) {
      long highest = height;
      for (RowStream stream : streams) {
        highest = Math.max(highest, stream.seek(highest));
      }
      if (highest > range.high()) {
        return;
      }
      if (allAt(streams, highest)) {
        selection.add(highest, common(streams));
        highest++;
      }
      height = highest;
    }
  }

  private static boolean allAt(List<RowStream> streams, long height) {
    return streams.stream().allMatch(stream -> stream.height() == height);
  }

  /** The entries that every stream has at its present height. */
  private static long[] common(List<RowStream> streams) {
    long[] common = streams.get(0).entries();
    for (int i = 1; i < streams.size() && common.length > 0; i++) {
      common = Postings.intersect(common, streams.get(i).entries());
    }
    return common;
  }

  static IllegalArgumentException refusal(String key, String why) {
    return new IllegalArgumentException("the condition on " + key + " is refused: it " + why);
  }

  /** Counts hits, and keeps those of a part. */
  private static final class Selection {
    private final long offset;
    private final int limit;
    private final List<Location> hits = new ArrayList<>();
    private long total;

    Selection(long offset, int limit) {
      this.offset = offset;
      this.limit = limit;
    }

    void add(long height, long[] entries) {
      int last = -1;
      for (long entry : entries) {
        int tx = Postings.tx(entry);
        if (tx != last) {
          last = tx;
          if (total >= offset && hits.size() < limit) {
            hits.add(new Location(height, tx));
          }
          total++;
        }
      }
    }

    Found found() {
      return new Found(hits, total);
    }
  }
}
