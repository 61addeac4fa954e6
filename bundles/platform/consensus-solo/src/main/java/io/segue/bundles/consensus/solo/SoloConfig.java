package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.config.ConfigException;
import io.segue.bundles.consensus.solo.mempool.MempoolLimits;

/**
 * Settings of the engine.
 *
 * @param blocksKept 0 for all
 */
record SoloConfig(
    long blockIntervalMs,
    MempoolLimits mempool,
    long blocksKept,
    boolean indexEvents,
    String moniker) {
  static final String PID = "io.segue.consensus.solo";
  static final long MAX_BLOCK_INTERVAL_MS = 3_600_000;
  static final int MAX_MEMPOOL_TXS = 10_000_000;
  static final long MAX_MEMPOOL_BYTES = 8L << 30;
  static final int MAX_TX_BYTES = 16 << 20;

  /** Fewer kept blocks would leave nothing to look at after an upgrade. */
  static final long MIN_BLOCKS_KEPT = 100;

  private static final long MAX_BLOCKS_KEPT = Long.MAX_VALUE / 2;

  /**
   * Checks settings.
   *
   * @throws ConfigException that names the key, the file and the legal values
   */
  SoloConfig {
    within("blockIntervalMs", blockIntervalMs, 0, MAX_BLOCK_INTERVAL_MS);
    within("mempoolMaxTxs", mempool.txs(), 1, MAX_MEMPOOL_TXS);
    within("mempoolMaxBytes", mempool.bytes(), 1, MAX_MEMPOOL_BYTES);
    within("maxTxBytes", mempool.txBytes(), 1, MAX_TX_BYTES);
    if (blocksKept != 0) {
      within("blocksKept", blocksKept, MIN_BLOCKS_KEPT, MAX_BLOCKS_KEPT);
    }
    if (moniker.isBlank()) {
      throw new ConfigException(
          "moniker in etc/" + PID + ".cfg is refused: clients can't do without a name, give one");
    }
  }

  static SoloConfig of(SoloSettings settings) {
    return new SoloConfig(
        settings.blockIntervalMs(),
        new MempoolLimits(
            settings.mempoolMaxTxs(),
            settings.mempoolMaxBytes(),
            settings.maxTxBytes(),
            MempoolLimits.REMEMBERED),
        settings.blocksKept(),
        settings.indexEvents(),
        settings.moniker());
  }

  /** Heights that share a file of the block store, so that what is removed is not much more. */
  long blocksPerFile() {
    return blocksKept == 0 ? Long.MAX_VALUE : Math.max(1, blocksKept / 10);
  }

  private static void within(String key, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ConfigException(
          key
              + " = "
              + value
              + " in etc/"
              + PID
              + ".cfg is refused: legal is "
              + min
              + " to "
              + max
              + (key.equals("blocksKept") ? ", or 0 to keep all" : ""));
    }
  }
}
