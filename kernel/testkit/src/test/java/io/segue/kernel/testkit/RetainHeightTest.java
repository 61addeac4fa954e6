package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which blocks an engine is told that it may delete. */
class RetainHeightTest {
  private static final long EVIDENCE_BLOCKS = 5;

  @TempDir Path folder;

  @Test
  void keepsWhatTheOperatorWantsAndWhatEvidenceNeeds() throws Exception {
    ConsensusParams defaults = ConsensusParams.defaults(1);
    ConsensusParams params =
        new ConsensusParams(
            defaults.block(),
            Optional.of(new EvidenceParams(EVIDENCE_BLOCKS, Duration.ofHours(1), 10_000)),
            defaults.validator(),
            defaults.version());
    try (TestNode node = new CounterChain().node(folder).withConsensusParams(params).start()) {
      node.blocksUntil(9);
      assertThat(retainedAfterNextBlock(node)).as("all, unless told").isZero();
      node.settings(KernelSettings.DEFAULT.withMinRetainBlocks(8));
      assertThat(retainedAfterNextBlock(node)).isEqualTo(11 - 8);
      node.settings(KernelSettings.DEFAULT.withMinRetainBlocks(1));
      assertThat(retainedAfterNextBlock(node)).isEqualTo(12 - EVIDENCE_BLOCKS);
      node.settings(KernelSettings.DEFAULT.withMinRetainBlocks(100));
      assertThat(retainedAfterNextBlock(node)).isZero();
    }
  }

  private static long retainedAfterNextBlock(TestNode node) {
    node.await(node.finalizeBlock());
    return node.await(node.application().commit().toCompletableFuture()).retainHeight();
  }
}
