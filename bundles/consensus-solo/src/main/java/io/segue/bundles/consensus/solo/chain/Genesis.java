package io.segue.bundles.consensus.solo.chain;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * How a chain starts.
 *
 * @param consensusParams groups that are absent are not given
 * @param validators empty where the application names them
 * @param appState reads the application's genesis; large, so it is read when needed and not kept
 */
public record Genesis(
    Instant time,
    String chainId,
    long initialHeight,
    ConsensusParams consensusParams,
    List<ValidatorUpdate> validators,
    Source appState) {
  /** Reads bytes when asked. */
  @FunctionalInterface
  public interface Source {
    byte[] read() throws IOException;
  }
}
