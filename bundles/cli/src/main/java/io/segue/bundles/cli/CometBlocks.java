package io.segue.bundles.cli;

import io.segue.bundles.consensus.comet.rpc.BlockReader;
import io.segue.bundles.consensus.solo.ExecutedBlocks;
import io.segue.kernel.api.engine.Engine.Block;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The blocks of CometBFT. What a block gave stands in the header of the next one. */
final class CometBlocks implements ExecutedBlocks {
  private final BlockReader reader;
  private @Nullable Block next;

  CometBlocks(URI rpc) {
    this.reader = new BlockReader(rpc);
  }

  @Override
  public long oldest() throws IOException {
    return reader.oldest();
  }

  @Override
  public long last() throws IOException {
    return reader.last() - 1;
  }

  @Override
  public Executed at(long height) throws IOException {
    Block kept = next;
    Block block = kept != null && kept.header().height() == height ? kept : reader.block(height);
    Block after = reader.block(height + 1);
    next = after;
    return new Executed(
        block, reader.events(height), after.header().appHash(), after.header().lastResultsHash());
  }

  @Override
  public void close() {
    // Every call is one request.
  }
}
