package io.segue.bundles.gov;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.testkit.determinism.Scenario;
import io.segue.kernel.testkit.determinism.Trace;
import io.segue.kernel.testkit.modules.ModuleChain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What the modules of the first generation do with the same blocks is what they always did: the
 * digest of all results, gas, events and roots is named here. It changes only with the rules of a
 * chain, which only an upgrade may change.
 */
class NamedResultsTest {
  @ParameterizedTest
  @CsvSource({
    "1, 20000000, a7500690be59334fbf7fc2d0006320ae4a14ef57be7bcc4612feb06357aa93bb",
    "2, 20000000, 6b2c5a581174ae9a0f7a57b2ebc567c5e226cedb21b4fa8eb5264c5e35b1eecf",
    "3, 1, d68ff67d6c2e770bb0e7f75ba48e1faf9971ca706906c3ec22bf69e8a68b9e95",
    "4, 1, cf03a9efb3098c431b253bdfcb240838c7f62d2a67f660f6667a2ead3a5625d8",
    "5, 60000, 231770a83a86c2aff7ac66eceee1813bc021343c3ed00fe596736a5a588515cd"
  })
  void theSameBlocksGiveTheSame(long seed, long gasPerBlock, String digest) throws Exception {
    assertThat(Trace.digestOf(blocks(seed, gasPerBlock))).isEqualTo(digest);
  }

  private static Scenario blocks(long seed, long gasPerBlock) {
    return trace -> {
      RandomBlocks blocks = new RandomBlocks(gasPerBlock);
      try (ModuleChain chain = blocks.chain()) {
        GovWithBankAndStakingTest.start(chain);
        trace.roots(chain);
        blocks.run(seed, txs -> trace.block(chain, txs));
        trace.add("genesis of gov", chain.exportGenesis("gov"));
        trace.add("genesis of staking", chain.exportGenesis("staking"));
      }
    };
  }
}
