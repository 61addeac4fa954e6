package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.abci.Application;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Brings the stored chain and the application together at start, by CometBFT's rules. With A the
 * application's height, B that of the newest stored block and S that of the newest stored results:
 *
 * <ol>
 *   <li>nothing stored and A = 0: a fresh chain, the application gets InitChain;
 *   <li>A = 0 and blocks stored: the application lost its data; InitChain, then all blocks are
 *       replayed, which needs the first one;
 *   <li>A &gt; S, or A below the block before the oldest stored one: refused;
 *   <li>otherwise the blocks A+1 to B are replayed. Results of B that were stored and never
 *       committed are made again.
 * </ol>
 */
final class Handshake {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final Application application;
  private final BlockStore store;
  private final Genesis genesis;
  private final byte[] ownAddress;
  private volatile InfoResponse info = new InfoResponse("", "", 0, 0, new byte[0]);

  Handshake(Application application, BlockStore store, Genesis genesis, byte[] ownAddress) {
    this.application = application;
    this.store = store;
    this.genesis = genesis;
    this.ownAddress = ownAddress;
  }

  /** What the application said when it was asked. */
  InfoResponse info() {
    return info;
  }

  /** Asks the application where it is. */
  CompletionStage<InfoResponse> connect() {
    return application.connect();
  }

  /**
   * The state from which the chain goes on; empty where InitChain comes first.
   *
   * @param answered the application's answer to {@link #connect}
   */
  Optional<ChainState> connected(InfoResponse answered) {
    info = answered;
    throwIfOtherChain();
    long height = info.lastBlockHeight();
    long results = store.lastResults().orElse(-1L);
    if (height == 0) {
      throwIfFirstBlockIsGone();
      return Optional.empty();
    }
    if (results < 0) {
      throw new ChainException(
          "the application is at height "
              + height
              + " and no blocks are stored; restore data/blocks that belong to data/state, or"
              + " remove data/state to start over");
    }
    if (height > results) {
      throw new ChainException(
          "the application is at height "
              + height
              + ", ahead of the stored results of height "
              + results
              + "; stop the node and take the state back by a height with segue rollback, or remove"
              + " data/state, which is made again from data/blocks, or restore both from one backup");
    }
    Optional<byte[]> stored = store.state(height);
    if (stored.isEmpty()) {
      throw new ChainException(
          "the application is at height "
              + height
              + " and the oldest stored block is "
              + store.oldestBlock().orElse(0L)
              + "; blocks to replay are gone: restore data/state from a newer backup");
    }
    ChainState state = ChainState.decode(stored.get());
    throwIfHashDiffers(height, state.appHash(), info.lastBlockAppHash());
    return Optional.of(checked(state));
  }

  /** Starts the chain on the application. */
  CompletionStage<InitChainResponse> initChain() {
    try {
      return application.initChain(genesis.request());
    } catch (IOException e) {
      throw new ChainException("the genesis file can't be read: " + e.getMessage(), e);
    }
  }

  /** The state after InitChain; written to the store where it is new. */
  ChainState started(InitChainResponse response) throws IOException {
    long height = genesis.initialHeight() - 1;
    Optional<byte[]> stored = store.state(height);
    if (stored.isPresent() && store.lastBlock().isPresent()) {
      ChainState state = ChainState.decode(stored.get());
      throwIfHashDiffers(height, state.appHash(), response.appHash());
      return state;
    }
    ChainState state = checked(genesis.started(info, response));
    store.clear();
    store.putState(height, state.encode());
    store.force();
    return state;
  }

  private void throwIfOtherChain() {
    Optional<String> stored =
        store.lastBlock().flatMap(store::meta).map(meta -> meta.header().chainId());
    if (stored.isPresent() && !stored.get().equals(genesis.chainId())) {
      throw new ChainException(
          "the stored blocks are of chain "
              + stored.get()
              + ", config/genesis.json is of chain "
              + genesis.chainId()
              + "; put the genesis of the stored chain there, or choose another home folder");
    }
  }

  private void throwIfFirstBlockIsGone() {
    Optional<Long> oldest = store.oldestBlock();
    if (oldest.isPresent() && oldest.get() > genesis.initialHeight()) {
      throw new ChainException(
          "the application has no data, and the oldest stored block is "
              + oldest.get()
              + ": the chain can't be replayed from its start; restore data/state from a backup");
    }
  }

  private static void throwIfHashDiffers(long height, byte[] stored, byte[] answered) {
    if (!Arrays.equals(stored, answered)) {
      throw new ChainException(
          "app hash of height "
              + height
              + " differs: stored is "
              + HEX.formatHex(stored)
              + ", the application has "
              + HEX.formatHex(answered)
              + "; restore data/blocks and data/state from one backup");
    }
  }

  /** The state, unless this node's validator can't decide the blocks after it. */
  ChainState checked(ChainState state) {
    for (ValidatorSet set : List.of(state.validators(), state.nextValidators())) {
      if (!set.decidedBy(ownAddress)) {
        throw new ChainException(
            "this node's validator "
                + HEX.formatHex(ownAddress)
                + " has "
                + set.find(ownAddress).map(v -> v.power()).orElse(0L)
                + " of "
                + set.totalPower()
                + " voting power and can't decide blocks alone, which takes more than two thirds;"
                + " put its key (config/priv_validator_key.json) into the genesis, or run the chain"
                + " under CometBFT");
      }
    }
    return state;
  }
}
