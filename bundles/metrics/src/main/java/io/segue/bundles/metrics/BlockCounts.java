package io.segue.bundles.metrics;

import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.BlockListener;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What is counted block by block, since the process started: CometBFT's and the Cosmos SDK's counts
 * of transactions, and the time from block to block.
 *
 * <p>Thread safety: the engine's thread of {@link BlockListener}s counts, any thread reads.
 */
final class BlockCounts implements BlockListener {
  private final Engine engine;
  private final Histogram interval;
  private final LongAdder txs = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder gasUsed = new LongAdder();
  private final LongAdder gasWanted = new LongAdder();
  private @Nullable Instant last;

  /**
   * @param interval made by {@link #interval}; engines that follow each other share it
   */
  BlockCounts(Engine engine, Histogram interval) {
    this.engine = engine;
    this.interval = interval;
  }

  /** The time from block to block, by chain. */
  static Histogram interval(PrometheusRegistry registry) {
    return Histogram.builder()
        .name("cometbft_consensus_block_interval_seconds")
        .help("Time between this and the last block.")
        .classicOnly()
        // Who samples them looks for classes of tracers, which are not here.
        .withoutExemplars()
        .labelNames("chain_id")
        .register(registry);
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
      Duration between = Duration.between(last, time);
      interval.labelValues(engine.chainId()).observe(between.toNanos() / 1e9);
    }
    last = time;
  }

  void addTo(Gauges gauges) {
    double all = txs.sum();
    gauges.add("cometbft_consensus_total_txs", "Transactions since the node started.", all);
    gauges.add("tx_count", "Transactions executed since the node started.", all);
    gauges.add("tx_failed", "Of these, those that failed.", failed.sum());
    gauges.add("tx_successful", "Of these, those that succeeded.", all - failed.sum());
    gauges.add("tx_gas_used", "Gas that they used.", gasUsed.sum());
    gauges.add("tx_gas_wanted", "Gas that they asked for.", gasWanted.sum());
  }
}
