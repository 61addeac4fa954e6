package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.store.TxIndex.Location;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.TxQuery;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Finds transactions by conditions, from a {@link TxIndex} alone. As in CometBFT, conditions on
 * attributes must all hold within one event, {@code tx.height} goes with anything, and beside
 * {@code tx.hash =} all other conditions are ignored.
 *
 * <p>Each condition is a stream of rows in order of height. The streams are walked in step: each is
 * moved on to the highest height any of them has reached, until they agree on one.
 */
public final class TxSearch {
  /** A search that needs to read more rows is refused. */
  static final long MAX_ROWS = 2_000_000;

  private static final String HASH = "tx.hash";
  private static final String HEIGHT = "tx.height";

  private final TxIndex index;
  private final long maxRows;

  /** Some of the hits, and the number of all. */
  public record Found(List<Location> hits, long total) {}

  /** Heights from {@code low} to {@code high}, both included. */
  record Range(long low, long high) {
    private static final Range NO_HEIGHT = new Range(1, 0);

    boolean has(long height) {
      return low <= height && height <= high;
    }

    /** Those of its heights that compare so with a number of any size. */
    Range and(Comparison comparison, BigInteger value) {
      return switch (comparison) {
        case EQUAL -> atLeast(value).atMost(value);
        case LESS -> atMost(value.subtract(BigInteger.ONE));
        case LESS_OR_EQUAL -> atMost(value);
        case GREATER -> atLeast(value.add(BigInteger.ONE));
        case GREATER_OR_EQUAL -> atLeast(value);
        case EXISTS -> this;
        case CONTAINS -> throw refusal(HEIGHT, "is a number and can't contain a text");
      };
    }

    private Range atLeast(BigInteger value) {
      if (value.compareTo(BigInteger.valueOf(high)) > 0) {
        return NO_HEIGHT;
      }
      return new Range(value.max(BigInteger.valueOf(low)).longValueExact(), high);
    }

    private Range atMost(BigInteger value) {
      if (value.compareTo(BigInteger.valueOf(low)) < 0) {
        return NO_HEIGHT;
      }
      return new Range(low, value.min(BigInteger.valueOf(high)).longValueExact());
    }
  }

  public TxSearch(TxIndex index) {
    this(index, MAX_ROWS);
  }

  TxSearch(TxIndex index, long maxRows) {
    this.index = index;
    this.maxRows = maxRows;
  }

  /**
   * Searches among the heights from {@code oldest} to {@code newest}.
   *
   * @throws IllegalArgumentException where a condition makes no sense, or too much would be read
   */
  public Found find(TxQuery query, long oldest, long newest) throws IOException {
    return index.reading(() -> search(query, oldest, newest));
  }

  private Found search(TxQuery query, long oldest, long newest) throws IOException {
    Range range = new Range(oldest, newest);
    List<Condition> onEvents = new ArrayList<>();
    for (Condition condition : query.conditions()) {
      if (condition.key().equals(HASH)) {
        return byHash(condition);
      }
      if (condition.key().equals(HEIGHT)) {
        boolean exists = condition.comparison() == Comparison.EXISTS;
        range = range.and(condition.comparison(), exists ? BigInteger.ZERO : number(condition));
      } else {
        onEvents.add(condition);
      }
    }
    if (!query.descending()) {
      return select(onEvents, range, query.offset(), query.limit());
    }
    long total = select(onEvents, range, 0, 0).total();
    long end = Math.max(0, total - query.offset());
    long start = Math.max(0, end - query.limit());
    List<Location> hits =
        new ArrayList<>(select(onEvents, range, start, (int) (end - start)).hits());
    Collections.reverse(hits);
    return new Found(hits, total);
  }

  private Found byHash(Condition condition) throws IOException {
    if (condition.comparison() != Comparison.EQUAL) {
      throw refusal(HASH, "can only be compared by =");
    }
    byte[] hash;
    try {
      hash = HexFormat.of().parseHex(condition.operand());
    } catch (IllegalArgumentException e) {
      throw refusal(HASH, "is compared with \"" + condition.operand() + "\", which is no hex");
    }
    Optional<Location> location = index.find(hash);
    return new Found(location.stream().toList(), location.isPresent() ? 1 : 0);
  }

  private Found select(List<Condition> conditions, Range range, long offset, int limit) {
    Selection selection = new Selection(offset, limit);
    RowBudget budget = new RowBudget(maxRows);
    List<RowStream> streams = new ArrayList<>();
    try {
      if (conditions.isEmpty()) {
        streams.add(index.countStream(budget));
      }
      for (Condition condition : conditions) {
        streams.add(index.eventStream(condition, range, budget));
      }
      walk(streams, range, selection);
    } finally {
      streams.forEach(RowStream::close);
    }
    return selection.found();
  }

  private static void walk(List<RowStream> streams, Range range, Selection selection) {
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

  private static BigInteger number(Condition condition) {
    String operand = condition.operand();
    try {
      if (operand.length() <= ValueMatch.MAX_NUMBER_CHARS) {
        return new BigInteger(operand);
      }
    } catch (NumberFormatException e) {
      // It is refused below.
    }
    throw refusal(
        condition.key(), "is compared with \"" + operand + "\", which is no number of a height");
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
