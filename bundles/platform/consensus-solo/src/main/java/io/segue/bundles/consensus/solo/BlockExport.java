package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.blockfile.BlockFileChain;
import io.segue.bundles.consensus.solo.blockfile.BlockFileException;
import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import io.segue.bundles.consensus.solo.blockfile.BlockFileWriter;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.bundles.consensus.solo.config.GenesisFile;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.Event;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the blocks of a node into a block file, with genesis, roots, the digests of the
 * generations that ran and the plans that were skipped.
 */
public final class BlockExport {
  /** The event by which the kernel tells that a plan was applied in a block. */
  private static final String APPLIED = "upgrade_applied";

  /** The event by which it tells that the operators' settings passed over one. */
  private static final String SKIPPED = "upgrade_skipped";

  private final Path home;
  private final ExecutedBlocks blocks;
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

  /** An export of the blocks of the node in a folder, which has their genesis. */
  public BlockExport(Path home, ExecutedBlocks blocks, Progress progress) {
    this.home = home;
    this.blocks = blocks;
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
    Path part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      BlockFileChain chain = chain(genesis, toHeight);
      Summary summary;
      try (BlockFileWriter writer = new BlockFileWriter(part, chain);
          InputStream json = Files.newInputStream(genesisFile)) {
        writer.genesis(json);
        summary = write(writer, chain);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      return summary;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Summary write(BlockFileWriter writer, BlockFileChain chain) throws IOException {
    List<BlockFileItem.Generation> generations = new ArrayList<>();
    List<BlockFileItem.Skipped> skipped = new ArrayList<>();
    long txs = 0;
    for (long height = chain.initialHeight(); height <= chain.lastHeight(); height++) {
      ExecutedBlocks.Executed executed = blocks.at(height);
      for (Event event : executed.events()) {
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
      writer.block(
          new BlockFileItem.Executed(
              executed.block(),
              executed.misbehavior(),
              executed.appHash(),
              executed.resultsHash()));
      txs += executed.block().txs().size();
      progress.at(height, chain.lastHeight());
    }
    String sha256 = writer.finish();
    return new Summary(
        chain, txs, writer.sizeBytes(), sha256, List.copyOf(generations), List.copyOf(skipped));
  }

  private BlockFileChain chain(Genesis genesis, long toHeight) throws IOException {
    long oldest = blocks.oldest();
    long last = blocks.last();
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
              + "; export from a node that keeps all blocks (blocksKept = 0; min-retain-blocks = 0)");
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
}
