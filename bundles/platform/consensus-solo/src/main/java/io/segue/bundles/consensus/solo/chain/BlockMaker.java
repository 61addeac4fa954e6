package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.mempool.Mempool;
import io.segue.bundles.consensus.solo.wire.BlockCodec;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.Commit;
import java.time.InstantSource;
import java.util.List;

/** Makes the next block from what waits in the mempool, and votes for it. */
final class BlockMaker {
  private final Application application;
  private final Mempool mempool;
  private final Proposer proposer;
  private final InstantSource clock;

  /**
   * A decided block.
   *
   * @param seen this validator's commit for it
   * @param txHashes SHA-256 of each transaction
   */
  record Decided(Block block, Commit seen, List<byte[]> txHashes) {
    /** A block that was decided before. */
    static Decided before(Block block, Commit seen) {
      return new Decided(block, seen, hashes(block.txs()));
    }

    private static List<byte[]> hashes(List<byte[]> txs) {
      return txs.stream().map(Merkle::sha256).toList();
    }
  }

  /** A block that has just been decided, with its encoding. */
  record Made(BlockCodec.Encoded encoded, Decided decided) {}

  BlockMaker(Application application, Mempool mempool, Proposer proposer, InstantSource clock) {
    this.application = application;
    this.mempool = mempool;
    this.proposer = proposer;
    this.clock = clock;
  }

  /** The block after {@code state}. */
  Made make(ChainState state, Commit lastCommit) {
    List<byte[]> txs =
        application.prepareProposal(
            new PrepareProposalRequest(
                proposer.space(state).bytes(),
                mempool.reap(),
                state.extendedCommitInfo(lastCommit),
                List.of(),
                state.height() + 1,
                proposer.time(state, lastCommit),
                state.nextValidators().hash(),
                proposer.address()));
    List<byte[]> hashes = Decided.hashes(txs);
    BlockCodec.Encoded encoded = proposer.block(state, lastCommit, txs, hashes);
    Commit seen = proposer.vote(state, encoded.block(), clock.instant());
    return new Made(encoded, new Decided(encoded.block(), seen, hashes));
  }
}
