package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.blockfile.BlockFileException;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.store.BlockStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The blocks in the folder {@code data/blocks} of a home. The files are read as they are and not
 * changed, so the node may run meanwhile.
 */
public final class StoredBlocks implements ExecutedBlocks {
  private final Path home;
  private final BlockStore store;

  /**
   * Opens the folder.
   *
   * @throws BlockFileException where there is none
   */
  public StoredBlocks(Path home) throws IOException {
    this.home = home;
    Path log = home.resolve("data").resolve("blocks").resolve("log");
    if (!Files.isDirectory(log)) {
      throw new BlockFileException(home + " has no blocks; start the node first");
    }
    this.store = BlockStore.read(log);
  }

  @Override
  public long oldest() {
    return store.oldestBlock().orElse(0L);
  }

  @Override
  public long last() {
    return Math.min(store.lastBlock().orElse(0L), store.lastResults().orElse(0L));
  }

  @Override
  public Executed at(long height) throws IOException {
    ChainState after = ChainState.decode(store.state(height).orElseThrow(this::resultsMissing));
    return new Executed(
        store.block(height).orElseThrow(() -> missing("block")),
        List.of(), // an engine that decides alone has no evidence
        store.results(height).orElseThrow(this::resultsMissing).events(),
        after.appHash(),
        after.lastResultsHash());
  }

  @Override
  public void close() throws IOException {
    store.close();
  }

  private BlockFileException resultsMissing() {
    return missing("results");
  }

  private BlockFileException missing(String what) {
    return new BlockFileException(
        "some " + what + " in " + home + "/data/blocks are gone or damaged; restore a backup");
  }
}
