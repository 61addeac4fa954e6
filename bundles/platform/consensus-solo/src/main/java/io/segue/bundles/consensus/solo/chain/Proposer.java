package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.mempool.BlockSpace;
import io.segue.bundles.consensus.solo.wire.BlockCodec;
import io.segue.bundles.consensus.solo.wire.CommitCodec;
import io.segue.bundles.consensus.solo.wire.HeaderCodec;
import io.segue.bundles.consensus.solo.wire.Merkle;
import io.segue.bundles.consensus.solo.wire.ParamsCodec;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * Makes blocks, votes for them, and says them to the application, by the rules of CometBFT for a
 * validator that decides alone. Other validators of the set are recorded as absent. Pure: time and
 * transactions come in as parameters.
 */
final class Proposer {
  /** CometBFT's least distance of a vote's time from its block's. */
  private static final long MIN_STEP_NANOS = 1_000_000;

  /** Go's zero time, which an absent vote carries. */
  private static final Instant NO_TIME = Instant.parse("0001-01-01T00:00:00Z");

  /** CometBFT's room for a header and the frame of a block. */
  private static final long FRAME_AND_HEADER_BYTES = 11 + 626;

  private static final long COMMIT_FRAME_BYTES = 94;
  private static final long COMMIT_SIGNATURE_BYTES = 111;

  private final String chainId;
  private final VoteSigner signer;
  private final byte[] address;

  Proposer(String chainId, VoteSigner signer) {
    this.chainId = chainId;
    this.signer = signer;
    this.address = ValidatorSet.address(signer.publicKey());
  }

  byte[] address() {
    return address.clone();
  }

  /** The time of the block after {@code state}: that of the votes for the last block. */
  Instant time(ChainState state, Commit lastCommit) {
    for (CommitSig signature : lastCommit.signatures()) {
      if (signature.blockIdFlag() == CommitCodec.COMMITTED) {
        return signature.timestamp();
      }
    }
    return state.lastBlockTime();
  }

  /** What the transactions of the block after {@code state} may take. */
  BlockSpace space(ChainState state) {
    long maxGas = state.blockParams().maxGas();
    return new BlockSpace(
        maxTxBytes(state), maxGas < 0 ? OptionalLong.empty() : OptionalLong.of(maxGas));
  }

  private static long maxTxBytes(ChainState state) {
    long maxBytes = state.blockParams().maxBytes();
    long blockBytes = maxBytes < 0 ? ConsensusBounds.MAX_BLOCK_BYTES : maxBytes;
    long validators = state.lastValidators().validators().size();
    long fixed = FRAME_AND_HEADER_BYTES + COMMIT_FRAME_BYTES + validators * COMMIT_SIGNATURE_BYTES;
    return Math.max(0, blockBytes - fixed);
  }

  /**
   * The block after {@code state}.
   *
   * @param txHashes SHA-256 of each of {@code txs}
   */
  BlockCodec.Encoded block(
      ChainState state, Commit lastCommit, List<byte[]> txs, List<byte[]> txHashes) {
    Header header =
        new Header(
            HeaderCodec.BLOCK_PROTOCOL,
            state.appVersion(),
            chainId,
            state.height() + 1,
            time(state, lastCommit),
            state.lastBlockId(),
            CommitCodec.hash(lastCommit),
            Merkle.root(txHashes),
            state.validators().hash(),
            state.nextValidators().hash(),
            ParamsCodec.hash(state.params()),
            state.appHash(),
            state.lastResultsHash(),
            Merkle.emptyRoot(),
            address);
    return BlockCodec.encode(header, txs, lastCommit);
  }

  /**
   * This validator's commit for {@code block}, voted at {@code now} or as soon after as is legal.
   */
  Commit vote(ChainState state, Block block, Instant now) {
    Instant earliest = block.header().time().plusNanos(MIN_STEP_NANOS);
    Instant time = now.isBefore(earliest) ? earliest : now;
    long height = block.header().height();
    byte[] signature = signer.sign(CommitCodec.signBytes(chainId, height, 0, block.id(), time));
    List<CommitSig> signatures = new ArrayList<>();
    for (ValidatorInfo validator : state.validators().validators()) {
      boolean own = Arrays.equals(validator.address(), address);
      signatures.add(
          own
              ? new CommitSig(CommitCodec.COMMITTED, address, time, signature)
              : new CommitSig(CommitCodec.ABSENT, new byte[0], NO_TIME, new byte[0]));
    }
    return new Commit(height, 0, block.id(), List.copyOf(signatures));
  }
}
