package io.segue.bundles.consensus.solo.store;

import io.segue.bundles.consensus.solo.agent.Agent;
import io.segue.bundles.consensus.solo.agent.AgentHold;
import io.segue.bundles.consensus.solo.store.TxIndex.Row;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine.Block;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Brings the index up to the committed height, one block a step, and removes what is no longer
 * kept. It follows the chain and never holds it up: blocks are handed over while it keeps pace, and
 * read from the store again when it does not.
 *
 * <p>{@link #committed} is called by the chain's thread, {@link #doWork} by the indexer's.
 */
public final class Indexer implements Agent {
  /** So many committed blocks wait in memory; of more only the height is remembered. */
  private static final int HANDED_OVER = 2;

  private final BlockStore store;
  private final TxIndex index;
  private final boolean indexEvents;
  private final LongSupplier removeBelow;
  private final LongConsumer indexed;
  private final ConcurrentSkipListMap<Long, Committed> handedOver = new ConcurrentSkipListMap<>();
  private final AgentHold hold;

  private volatile long committedHeight;
  private volatile boolean done;
  private long indexedHeight = Long.MIN_VALUE;

  private record Committed(Block block, FinalizeBlockResponse results) {}

  /**
   * An indexer.
   *
   * @param indexEvents whether transactions and blocks are found by their events, or by hash and
   *     height only
   * @param removeBelow lowest height to be kept
   * @param indexed hears of every height when its transactions can be found
   * @param wake wakes the indexer's thread
   */
  public Indexer(
      BlockStore store,
      TxIndex index,
      boolean indexEvents,
      LongSupplier removeBelow,
      LongConsumer indexed,
      Runnable wake) {
    this.store = store;
    this.index = index;
    this.indexEvents = indexEvents;
    this.removeBelow = removeBelow;
    this.indexed = indexed;
    this.hold = new AgentHold("index", false, wake);
  }

  /** What the indexing waits for where it can't go on; blocks are made meanwhile. */
  public AgentHold hold() {
    return hold;
  }

  /**
   * Forgets what is indexed of heights above {@code height}, for a node that goes back; they are
   * indexed again when they are committed again.
   *
   * @param events whether transactions are found by their events
   */
  public static void back(BlockStore store, TxIndex index, boolean events, long height)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    long last = index.indexed();
    for (long above = height + 1; above <= last; above++) {
      rows.addAll(stored(store, above, events));
    }
    if (last > height) {
      index.back(height, rows);
    }
  }

  /** A block is committed. */
  public void committed(Block block, FinalizeBlockResponse results) {
    long height = block.header().height();
    if (handedOver.size() < HANDED_OVER) {
      handedOver.put(height, new Committed(block, results));
    }
    committedHeight = height;
  }

  /** The chain stands at {@code height}, of which no block is handed over. */
  public void startAt(long height) {
    committedHeight = height;
  }

  /**
   * Indexes the next block, if there is one. What fails is tried again later, on an index that is
   * opened again: RocksDB may write no more after a disk failed it.
   */
  @Override
  public int doWork(long nowNs) {
    boolean held = hold.hold().isPresent();
    if (done || held && !hold.due(nowNs)) {
      return 0;
    }
    try {
      if (held || !index.isOpen()) {
        index.reopen();
        indexedHeight = Long.MIN_VALUE;
      }
      int work = indexNext();
      hold.over();
      return work;
    } catch (IOException | UncheckedIOException e) {
      hold.disk("transactions are not indexed, and those of the last blocks not found", e, nowNs);
    } catch (RuntimeException | VirtualMachineError | LinkageError e) {
      hold.hold(
          "MACHINE",
          "transactions are not indexed, and those of the last blocks not found: " + e,
          "look into the log; the node tries again by itself, upgrade:retry does it at once; where"
              + " that does not help, stop it and remove data/blocks/index, which is rebuilt",
          true,
          nowNs,
          e);
    }
    return 0;
  }

  @Override
  public long wakeAtNs() {
    return hold.wakeAtNs();
  }

  @Override
  public void stop() {
    done = true;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  private int indexNext() throws IOException {
    if (indexedHeight == Long.MIN_VALUE) {
      indexedHeight = Math.max(index.indexed(), store.oldestBlock().orElse(1L) - 1);
    }
    if (indexedHeight >= committedHeight) {
      handedOver.headMap(committedHeight, true).clear();
      return removeOldest();
    }
    long height = indexedHeight + 1;
    if (!handedOver.containsKey(height)) {
      // Heights below the first block, or of blocks that were removed, were never there.
      height = Math.max(height, store.oldestBlock().orElse(committedHeight));
    }
    Committed next = handedOver.remove(height);
    index.put(height, next == null ? stored(height) : rows(next));
    indexedHeight = height;
    indexed.accept(height);
    return 1;
  }

  private int removeOldest() throws IOException {
    long lowest = removeBelow.getAsLong();
    long second = store.secondFile().orElse(Long.MAX_VALUE);
    if (second > lowest) {
      return 0;
    }
    for (long height = store.oldestBlock().orElse(second); height < second; height++) {
      index.remove(stored(height));
    }
    store.removeBelow(second);
    return 1;
  }

  private List<Row> stored(long height) {
    return stored(store, height, indexEvents);
  }

  private static List<Row> stored(BlockStore store, long height, boolean events) {
    Block block = store.block(height).orElse(null);
    FinalizeBlockResponse results = store.results(height).orElse(null);
    return block == null || results == null ? List.of() : IndexRows.of(block, results, events);
  }

  private List<Row> rows(Committed committed) {
    return IndexRows.of(committed.block(), committed.results(), indexEvents);
  }
}
