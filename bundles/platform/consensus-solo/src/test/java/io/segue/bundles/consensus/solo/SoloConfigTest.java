package io.segue.bundles.consensus.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.config.ConfigException;
import io.segue.bundles.consensus.solo.mempool.MempoolLimits;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SoloConfigTest {
  private static final MempoolLimits MEMPOOL = new MempoolLimits(10, 1000, 100, 10);

  @Test
  void namesKeyFileAndLegalValuesOfWhatItRefuses() {
    assertRefused(
        () -> new SoloConfig(-1, MEMPOOL, 0, true, "m"), "blockIntervalMs = -1", "0 to 3600000");
    assertRefused(() -> config(0, 1000, 100), "mempoolMaxTxs = 0", "1 to 10000000");
    assertRefused(() -> config(1, 0, 100), "mempoolMaxBytes = 0", "1 to 8589934592");
    assertRefused(() -> config(1, 1000, 1 << 25), "maxTxBytes = 33554432", "1 to 16777216");
    assertRefused(
        () -> new SoloConfig(0, MEMPOOL, 99, true, "m"),
        "blocksKept = 99",
        "100 to",
        "0 to keep all");
    assertRefused(() -> new SoloConfig(0, MEMPOOL, 0, true, " "), "moniker", "give one");
  }

  @Test
  void cutsFilesSoThatLittleMoreIsKeptThanWanted() {
    assertThat(new SoloConfig(0, MEMPOOL, 1000, true, "m").blocksPerFile()).isEqualTo(100);
    assertThat(new SoloConfig(0, MEMPOOL, 0, true, "m").blocksPerFile()).isEqualTo(Long.MAX_VALUE);
  }

  private static SoloConfig config(int txs, long bytes, int txBytes) {
    return new SoloConfig(0, new MempoolLimits(txs, bytes, txBytes, 10), 0, true, "m");
  }

  private static void assertRefused(ThrowingCallable config, String... words) {
    assertThatThrownBy(config)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("etc/io.segue.consensus.solo.cfg");
  }
}
