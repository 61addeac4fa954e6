package io.segue.bundles.offline.blocks;

import io.segue.bundles.consensus.comet.rpc.BlockReader;
import io.segue.bundles.consensus.comet.rpc.BlockReader.Found;
import io.segue.bundles.consensus.solo.ExecutedBlocks;
import io.segue.kernel.api.engine.Engine.Header;
import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The blocks of CometBFT. What a block gave stands in the header of the next one. */
final class CometBlocks implements ExecutedBlocks {
  private final BlockReader reader;
  private @Nullable Found next;

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
    Found kept = next;
    Found found =
        kept != null && kept.block().header().height() == height ? kept : reader.block(height);
    Found after = reader.block(height + 1);
    next = after;
    Header header = after.block().header();
    return new Executed(
        found.block(),
        found.misbehavior(),
        reader.events(height),
        header.appHash(),
        header.lastResultsHash());
  }

  @Override
  public void close() {
    // Every call is one request.
  }
}
