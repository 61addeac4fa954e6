package io.segue.bundles.consensus.solo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.config.ConfigException;
import io.segue.bundles.consensus.solo.mempool.MempoolLimits;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class LimitsTest {
  private static final MempoolLimits MEMPOOL = new MempoolLimits(10, 1000, 100, 10);

  @Test
  void namesKeyFileAndLegalValuesOfWhatItRefuses() {
    assertRefused(() -> new Limits(-1, MEMPOOL, 0, true), "blockIntervalMs = -1", "0 to 3600000");
    assertRefused(() -> limits(0, 1000, 100), "mempoolMaxTxs = 0", "1 to 10000000");
    assertRefused(() -> limits(1, 0, 100), "mempoolMaxBytes = 0", "1 to 8589934592");
    assertRefused(() -> limits(1, 1000, 1 << 25), "maxTxBytes = 33554432", "1 to 16777216");
    assertRefused(
        () -> new Limits(0, MEMPOOL, 99, true), "blocksKept = 99", "100 to", "0 to keep all");
  }

  @Test
  void cutsFilesSoThatLittleMoreIsKeptThanWanted() {
    assertThat(new Limits(0, MEMPOOL, 1000, true).blocksPerFile()).isEqualTo(100);
    assertThat(new Limits(0, MEMPOOL, 0, true).blocksPerFile()).isEqualTo(Long.MAX_VALUE);
  }

  private static Limits limits(int txs, long bytes, int txBytes) {
    return new Limits(0, new MempoolLimits(txs, bytes, txBytes, 10), 0, true);
  }

  private static void assertRefused(ThrowingCallable limits, String... words) {
    assertThatThrownBy(limits)
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(words)
        .hasMessageContaining("etc/io.segue.consensus.solo.cfg");
  }
}
