package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.blockfile.BlockFileChain;
import io.segue.bundles.consensus.solo.blockfile.BlockFileException;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.blockfile.BlockFileWriter;
import io.segue.bundles.consensus.solo.chain.ChainState;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.bundles.consensus.solo.store.BlockStore;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.engine.Engine.Block;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the blocks of a node into a block file, with genesis, roots, the digests of the
 * generations that ran and the plans that were skipped. Reads the files of the block store as they
 * are and changes nothing, so the node may run meanwhile.
 */
public final class BlockExport {
  /** The event by which the kernel tells that a plan was applied in a block. */
  private static final String APPLIED = "upgrade_applied";

  /** The event by which it tells that the operators' settings passed over one. */
  private static final String SKIPPED = "upgrade_skipped";

  private final Path home;
  private final Progress progress;

  /** Hears how far it is. */
  @FunctionalInterface
  public interface Progress {
    /** The block of {@code height} is written; the last one is {@code lastHeight}. */
    void at(long height, long lastHeight);
  }

  /**
   * What was written.
   *
   * @param sha256 of the file without its last record, hex
   * @param generations that the blocks brought
   * @param skipped plans that the operators passed over
   */
  public record Summary(
      BlockFileChain chain,
      long txs,
      long sizeBytes,
      String sha256,
      List<BlockFileItem.Generation> generations,
      List<BlockFileItem.Skipped> skipped) {}

  /** An export of the node in a folder. */
  public BlockExport(Path home, Progress progress) {
    this.home = home;
    this.progress = progress;
  }

  /**
   * Writes the file; it appears whole or not at all.
   *
   * @param toHeight last block to write; 0 for the last one that was executed
   * @throws BlockFileException where the blocks are not there from the first one on
   */
  public Summary writeTo(Path file, long toHeight) throws IOException {
    if (Files.exists(file)) {
      throw new BlockFileException(file + " exists already; name another file, or remove it");
    }
    Path genesisFile = home.resolve("config").resolve("genesis.json");
    Genesis genesis = GenesisFile.read(genesisFile);
    Path log = home.resolve("data").resolve("blocks").resolve("log");
    if (!Files.isDirectory(log)) {
      throw new BlockFileException(home + " has no blocks; start the node first");
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try (BlockStore store = BlockStore.read(log)) {
      BlockFileChain chain = chain(store, genesis, toHeight);
      Summary summary;
      try (BlockFileWriter writer = new BlockFileWriter(part, chain);
          InputStream json = Files.newInputStream(genesisFile)) {
        writer.genesis(json);
        summary = write(store, writer, chain);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return summary;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Summary write(BlockStore store, BlockFileWriter writer, BlockFileChain chain)
      throws IOException {
    List<BlockFileItem.Generation> generations = new ArrayList<>();
    List<BlockFileItem.Skipped> skipped = new ArrayList<>();
    long txs = 0;
    for (long height = chain.initialHeight(); height <= chain.lastHeight(); height++) {
      ChainState after = state(store, height);
      Block block = store.block(height).orElseThrow(() -> missing("block"));
      for (Event event : store.results(height).orElseThrow(() -> missing("results")).events()) {
        String plan = value(event, "name");
        if (event.type().equals(APPLIED)) {
          var generation = new BlockFileItem.Generation(plan, value(event, "digest"), height);
          generations.add(generation);
          writer.generation(generation);
        } else if (event.type().equals(SKIPPED)) {
          var passedOver = new BlockFileItem.Skipped(plan, height);
          skipped.add(passedOver);
          writer.skipped(passedOver);
        }
      }
      writer.block(new BlockFileItem.Executed(block, after.appHash(), after.lastResultsHash()));
      txs += block.txs().size();
      progress.at(height, chain.lastHeight());
    }
    String sha256 = writer.finish();
    return new Summary(
        chain, txs, writer.sizeBytes(), sha256, List.copyOf(generations), List.copyOf(skipped));
  }

  private BlockFileChain chain(BlockStore store, Genesis genesis, long toHeight)
      throws BlockFileException {
    long oldest = store.oldestBlock().orElse(0L);
    long last = Math.min(store.lastBlock().orElse(0L), store.lastResults().orElse(0L));
    if (last < genesis.initialHeight()) {
      throw new BlockFileException(home + " has no executed block; start the node first");
    }
    if (oldest > genesis.initialHeight()) {
      throw new BlockFileException(
          "the oldest block in "
              + home
              + " is "
              + oldest
              + ", and a replay begins with block "
              + genesis.initialHeight()
              + "; export from a node that keeps all blocks (blocksKept = 0)");
    }
    if (toHeight > last || toHeight < 0) {
      throw new BlockFileException(
          "block " + toHeight + " is not there; the last executed one is " + last);
    }
    return new BlockFileChain(
        genesis.chainId(), genesis.initialHeight(), toHeight == 0 ? last : toHeight);
  }

  private static String value(Event event, String key) {
    return event.attributes().stream()
        .filter(attribute -> attribute.key().equals(key))
        .map(Attribute::value)
        .findFirst()
        .orElse("");
  }

  private ChainState state(BlockStore store, long height) throws BlockFileException {
    return ChainState.decode(store.state(height).orElseThrow(() -> missing("results")));
  }

  private BlockFileException missing(String what) {
    return new BlockFileException(
        "some " + what + " in " + home + "/data/blocks are gone or damaged; restore a backup");
  }
}
