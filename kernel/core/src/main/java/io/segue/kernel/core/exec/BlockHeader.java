package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import java.time.Instant;

/**
 * What modules may know of the block in which they run.
 *
 * @param chainId the chain's identifier
 * @param height the block's height; in CheckTx that of the next block; in a query the one asked
 *     for; 0 in genesis
 * @param time from the block's header
 * @param proposerAddress 20 raw bytes; empty outside a block
 * @param consensusParams in force, every group present
 */
public record BlockHeader(
    String chainId,
    long height,
    Instant time,
    byte[] proposerAddress,
    ConsensusParams consensusParams) {}
