package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.CommitInfo;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.time.Instant;
import java.util.List;

/**
 * What modules may know of the block in which they run.
 *
 * @param chainId the chain's identifier
 * @param height the block's height; in CheckTx that of the next block; in a query the one asked
 *     for; 0 in genesis
 * @param time from the block's header
 * @param proposerAddress 20 raw bytes; empty outside a block
 * @param consensusParams in force, every group present
 * @param lastCommit the votes for the block before; empty outside a block
 * @param misbehavior the block's evidence; empty outside a block
 */
public record BlockHeader(
    String chainId,
    long height,
    Instant time,
    byte[] proposerAddress,
    ConsensusParams consensusParams,
    CommitInfo lastCommit,
    List<Misbehavior> misbehavior) {
  /** Without votes and evidence. */
  public BlockHeader(
      String chainId,
      long height,
      Instant time,
      byte[] proposerAddress,
      ConsensusParams consensusParams) {
    this(chainId, height, time, proposerAddress, consensusParams, CommitInfo.EMPTY, List.of());
  }
}
