package io.segue.bundles.metrics;

import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.BlockListener;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is counted block by block, since the process started: CometBFT's and the Cosmos SDK's counts
 * of transactions, and the time from block to block.
 *
 * <p>Thread safety: the engine's thread of {@link BlockListener}s counts, any thread reads.
 */
final class BlockCounts implements BlockListener {
  /** Upper bounds of the times between blocks, as Prometheus has them by default. */
  private static final List<Double> INTERVAL_SECONDS =
      List.of(
          0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, Double.POSITIVE_INFINITY);

  private final Engine engine;
  private final LongAdder[] intervals = new LongAdder[INTERVAL_SECONDS.size()];
  private final DoubleAdder seconds = new DoubleAdder();
  private final LongAdder txs = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder gasUsed = new LongAdder();
  private final LongAdder gasWanted = new LongAdder();
  private @Nullable Instant last;

  BlockCounts(Engine engine) {
    this.engine = engine;
    Arrays.setAll(intervals, i -> new LongAdder());
  }

  @Override
  public void committed(long height) {
    engine.meta(height).ifPresent(this::count);
    List<ExecTxResult> results =
        engine.results(height).map(FinalizeBlockResponse::txResults).orElse(List.of());
    for (ExecTxResult result : results) {
      failed.add(result.code() == 0 ? 0 : 1);
      gasUsed.add(result.gasUsed());
      gasWanted.add(result.gasWanted());
    }
  }

  private void count(BlockMeta block) {
    txs.add(block.txCount());
    Instant time = block.header().time();
    if (last != null) {
      took(Duration.between(last, time).toNanos() / 1e9);
    }
    last = time;
  }

  private void took(double time) {
    int bucket = 0;
    while (time > INTERVAL_SECONDS.get(bucket)) {
      bucket++;
    }
    intervals[bucket].increment();
    seconds.add(time);
  }

  void addTo(Gauges gauges) {
    gauges.histogram(
        "cometbft_consensus_block_interval_seconds",
        "Time between this and the last block.",
        INTERVAL_SECONDS,
        Stream.of(intervals).map(LongAdder::sum).toList(),
        seconds.sum());
    double all = txs.sum();
    gauges.add("cometbft_consensus_total_txs", "Transactions since the node started.", all);
    gauges.add("tx_count", "Transactions executed since the node started.", all);
    gauges.add("tx_failed", "Of these, those that failed.", failed.sum());
    gauges.add("tx_successful", "Of these, those that succeeded.", all - failed.sum());
    gauges.add("tx_gas_used", "Gas that they used.", gasUsed.sum());
    gauges.add("tx_gas_wanted", "Gas that they asked for.", gasWanted.sum());
  }
}
