package io.segue.bundles.consensus.solo.chain;

import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
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

  /** The call that starts the chain on an application. */
  public InitChainRequest request() throws IOException {
    return new InitChainRequest(
        time, chainId, consensusParams, validators, appState.read(), initialHeight);
  }

  /**
   * The state before the first block, by what the application answered.
   *
   * @param info what it said of itself before
   */
  public ChainState started(InfoResponse info, InitChainResponse response) {
    ConsensusParams params =
        ConsensusParams.defaults(info.appVersion())
            .with(consensusParams)
            .with(response.consensusParams());
    boolean named = !response.validators().isEmpty();
    return ChainState.genesis(
        initialHeight,
        time,
        ValidatorSet.EMPTY.with(named ? response.validators() : validators),
        params,
        response.appHash());
  }
}
