package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ExtendedCommitInfo;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.ProcessProposalRequest;
import io.segue.kernel.api.abci.Abci.ProposalStatus;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a proposal holds, and which proposals of others are rejected. */
class PrepareProposalTest {
  private static final long MAX_BYTES = 200_000;
  private static final long MAX_GAS = 3_000_000;
  private static final long GAS = 1_000_000;
  private static final byte[] NO_TX = {1, 2, 3};

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void holdsNoMoreGasThanABlockHas() throws Exception {
    try (TestNode node = node(MAX_GAS)) {
      node.block();
      assertThat(prepared(node, txs(5, GAS, 10), MAX_BYTES)).hasSize(3);
      assertThat(processed(node, txs(3, GAS, 10))).isEqualTo(ProposalStatus.ACCEPT);
      assertThat(processed(node, txs(4, GAS, 10))).isEqualTo(ProposalStatus.REJECT);
      assertThat(processed(node, txs(2, Long.MAX_VALUE, 10))).isEqualTo(ProposalStatus.REJECT);
    }
  }

  @Test
  void holdsNoMoreBytesThanABlockHas() throws Exception {
    try (TestNode node = node(-1)) {
      node.block();
      List<byte[]> three = txs(3, GAS, 80_000);
      assertThat(prepared(node, three, Long.MAX_VALUE)).hasSize(2);
      assertThat(prepared(node, three, 100_000)).hasSize(1);
      assertThat(processed(node, three.subList(0, 2))).isEqualTo(ProposalStatus.ACCEPT);
      assertThat(processed(node, three)).isEqualTo(ProposalStatus.REJECT);
      assertThat(processed(node, txs(1_000, Long.MAX_VALUE, 10)))
          .as("gas has no limit")
          .isEqualTo(ProposalStatus.ACCEPT);
    }
  }

  @Test
  void countsTheFrameOfEachTransaction() throws Exception {
    try (TestNode node = node(-1)) {
      node.block();
      List<byte[]> empty = Collections.nCopies((int) MAX_BYTES / 2, new byte[0]);
      assertThat(processed(node, empty)).isEqualTo(ProposalStatus.ACCEPT);
      List<byte[]> more = new ArrayList<>(empty);
      more.add(new byte[0]);
      assertThat(processed(node, more)).isEqualTo(ProposalStatus.REJECT);
    }
  }

  @Test
  void passesOverWhatDoesNotFitAndTakesWhatFollows() throws Exception {
    try (TestNode node = node(MAX_GAS)) {
      node.block();
      List<byte[]> offered = new ArrayList<>(txs(2, GAS, 10));
      offered.addAll(txs(1, 2 * GAS, 10));
      offered.addAll(txs(1, GAS, 20));
      assertThat(prepared(node, offered, MAX_BYTES))
          .containsExactly(offered.get(0), offered.get(1), offered.get(3));
    }
  }

  @Test
  void aTransactionThatIsNoneCountsNoGas() throws Exception {
    try (TestNode node = node(MAX_GAS)) {
      node.block();
      List<byte[]> some = new ArrayList<>(txs(3, GAS, 10));
      some.add(NO_TX);
      assertThat(prepared(node, some, MAX_BYTES)).hasSize(4);
      assertThat(processed(node, some)).isEqualTo(ProposalStatus.ACCEPT);
    }
  }

  @Test
  void theFirstBlockIsLimitedInBytesOnly() throws Exception {
    try (TestNode node = node(MAX_GAS)) {
      assertThat(processed(node, txs(4, GAS, 10))).isEqualTo(ProposalStatus.ACCEPT);
      assertThat(processed(node, txs(3, GAS, 80_000))).isEqualTo(ProposalStatus.REJECT);
    }
  }

  private TestNode node(long maxGas) throws Exception {
    ConsensusParams defaults = ConsensusParams.defaults(1);
    return chain
        .node(folder)
        .withConsensusParams(
            new ConsensusParams(
                Optional.of(new BlockParams(MAX_BYTES, maxGas)),
                Optional.of(new EvidenceParams(1, Duration.ofHours(1), 10_000)),
                defaults.validator(),
                defaults.version()))
        .start();
  }

  private static List<byte[]> txs(int count, long gas, int payloadBytes) {
    byte[] tx =
        PlainTx.of(
            gas, List.of(), List.of(new Tx.Message(CounterModule.COUNT, new byte[payloadBytes])));
    return Collections.nCopies(count, tx);
  }

  private static List<byte[]> prepared(TestNode node, List<byte[]> txs, long maxTxBytes) {
    return node.application()
        .prepareProposal(
            new PrepareProposalRequest(
                maxTxBytes,
                txs,
                ExtendedCommitInfo.EMPTY,
                List.of(),
                node.height() + 1,
                Instant.EPOCH,
                new byte[32],
                new byte[20]));
  }

  private static ProposalStatus processed(TestNode node, List<byte[]> txs) {
    return node.application()
        .processProposal(
            new ProcessProposalRequest(
                txs,
                CommitInfo.EMPTY,
                List.of(),
                new byte[32],
                node.height() + 1,
                Instant.EPOCH,
                new byte[32],
                new byte[20]));
  }
}
