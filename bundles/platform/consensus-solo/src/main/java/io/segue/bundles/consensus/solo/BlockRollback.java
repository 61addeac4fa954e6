package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.bundles.consensus.solo.store.Indexer;
import io.segue.bundles.consensus.solo.store.TxIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Takes the blocks of a stopped node back to a height, together with its state. The blocks above
 * stay, and the node executes them again; or they are removed, and the node makes others.
 *
 * <p>Taking back twice does what once does, so that it can be repeated where it was cut off.
 */
public final class BlockRollback {
  private final Path blocks;

  /** The blocks of the node in a folder. */
  public BlockRollback(Path home) {
    this.blocks = home.resolve("data").resolve("blocks");
  }

  /**
   * Goes back.
   *
   * @param height the last height that stays committed
   * @param remove whether the blocks above are removed
   */
  public void to(long height, boolean remove) throws IOException {
    Path log = blocks.resolve("log");
    if (!Files.isDirectory(log)) {
      return;
    }
    // Files are cut, not begun, so that their limits do not count.
    try (BlockStore store = BlockStore.open(log, Long.MAX_VALUE)) {
      try (TxIndex index = new TxIndex(blocks.resolve("index"))) {
        Indexer.back(store, index, true, height);
      }
      if (remove) {
        store.removeAbove(height);
      }
    }
  }
}
