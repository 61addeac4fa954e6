package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.TxIndex.Location;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds transactions by conditions. As in CometBFT, conditions on attributes must all hold within
 * one event, {@code tx.height} goes with anything, and beside {@code tx.hash =} all other
 * conditions are ignored.
 */
public final class TxSearch {
  /** A search that needs to read more rows is refused. */
  static final long MAX_ROWS = 2_000_000;

  private static final String HASH = "tx.hash";
  private static final String HEIGHT = "tx.height";

  private final TxIndex index;
  private final EventSearch events;

  /** Some of the hits, and the number of all. */
  public record Found(List<Location> hits, long total) {}

  public TxSearch(TxIndex index) {
    this(index, MAX_ROWS);
  }

  TxSearch(TxIndex index, long maxRows) {
    this.index = index;
    this.events = new EventSearch(index, IndexRows.TX_EVENT, maxRows);
  }

  /**
   * Searches among the heights from {@code oldest} to {@code newest}.
   *
   * @throws IllegalArgumentException where a condition makes no sense, or too much would be read
   */
  public Found find(TxQuery query, long oldest, long newest) throws IOException {
    HeightRange range = new HeightRange(oldest, newest);
    List<Condition> onEvents = new ArrayList<>();
    for (Condition condition : query.conditions()) {
      if (condition.key().equals(HASH)) {
        return byHash(condition);
      }
      if (condition.key().equals(HEIGHT)) {
        range = range.and(condition);
      } else {
        onEvents.add(condition);
      }
    }
    return events.find(onEvents, range, query);
  }

  private Found byHash(Condition condition) throws IOException {
    if (condition.comparison() != Comparison.EQUAL) {
      throw EventSearch.refusal(HASH, "can only be compared by =");
    }
    byte[] hash;
    try {
      hash = HexFormat.of().parseHex(condition.operand());
    } catch (IllegalArgumentException e) {
      throw EventSearch.refusal(
          HASH, "is compared with \"" + condition.operand() + "\", which is no hex");
    }
    Optional<Location> location = index.find(hash);
    return new Found(location.stream().toList(), location.isPresent() ? 1 : 0);
  }
}
