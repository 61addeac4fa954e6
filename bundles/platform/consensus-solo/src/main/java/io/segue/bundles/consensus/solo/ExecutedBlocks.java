package io.segue.bundles.consensus.solo;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.engine.Engine.Block;
import java.io.IOException;
import java.util.List;

/** The blocks of a chain and what executing them gave, wherever an engine keeps them. */
public interface ExecutedBlocks extends AutoCloseable {
  /** The oldest block that is kept; 0 for none. */
  long oldest() throws IOException;

  /** The last block of which all is known; 0 for none. */
  long last() throws IOException;

  /**
   * A block with what it gave.
   *
   * @throws IOException where it can't be read
   */
  Executed at(long height) throws IOException;

  @Override
  void close() throws IOException;

  /**
   * A block that was executed.
   *
   * @param misbehavior that its evidence proves, as FinalizeBlock has it
   * @param events of the block, those of its transactions left out
   * @param appHash the root after it
   * @param resultsHash hash of the results of its transactions
   */
  record Executed(
      Block block,
      List<Misbehavior> misbehavior,
      List<Event> events,
      byte[] appHash,
      byte[] resultsHash) {}
}
