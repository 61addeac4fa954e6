package io.segue.bundles.consensus.solo.chain;

import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what executing a block has led to, and compares it with what is kept of the same block. */
final class BlockResults {
  private static final Logger log = LoggerFactory.getLogger(BlockResults.class);
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final BlockStore store;

  BlockResults(BlockStore store) {
    this.store = store;
  }

  /**
   * Writes the outcome of the block of {@code next}'s height and makes it survive the end of the
   * machine. An outcome that was kept before must be the same; only that of the newest block may
   * differ, for it was never committed and nothing is built on it.
   *
   * @throws ChainException where a later block is built on another outcome
   */
  void keep(ChainState next, FinalizeBlockResponse results) throws IOException {
    long height = next.height();
    Optional<ChainState> kept = store.state(height).map(ChainState::decode);
    if (kept.isPresent()) {
      if (same(kept.get(), next)) {
        store.force(); // whoever wrote it may have ended before it was on the disk
        return;
      }
      refuseOrWarn(kept.get(), next);
    }
    store.putResults(height, next.encode(), results);
    store.force();
  }

  private void refuseOrWarn(ChainState kept, ChainState next) {
    long height = next.height();
    String difference =
        "block %d now gives app hash %s and results hash %s; kept are %s and %s"
            .formatted(
                height,
                HEX.formatHex(next.appHash()),
                HEX.formatHex(next.lastResultsHash()),
                HEX.formatHex(kept.appHash()),
                HEX.formatHex(kept.lastResultsHash()));
    if (store.lastBlock().orElseThrow() > height) {
      throw new ChainException(
          difference
              + ", and block "
              + (height + 1)
              + " is built on them; start the code that made them, or restore a backup");
    }
    log.warn("{}; they were never committed, so the new ones stand", difference);
  }

  private static boolean same(ChainState a, ChainState b) {
    return Arrays.equals(a.appHash(), b.appHash())
        && Arrays.equals(a.lastResultsHash(), b.lastResultsHash());
  }
}
