package io.segue.kernel.core.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChainFactsTest {
  @Test
  void readsWhatItWrote() {
    ChainFacts facts =
        new ChainFacts(
            "chain-1",
            Instant.parse("2026-01-01T00:00:00.123456789Z"),
            ConsensusParams.defaults(7),
            "ab".repeat(32),
            5);
    assertThat(ChainFacts.read(facts.write())).isEqualTo(facts);
    assertThat(facts.appVersion()).isEqualTo(7);
  }

  @Test
  void knowsNothingOfAChainThatNeverStarted() {
    assertThat(ChainFacts.read(Map.of()).chainId()).isEmpty();
  }
}
