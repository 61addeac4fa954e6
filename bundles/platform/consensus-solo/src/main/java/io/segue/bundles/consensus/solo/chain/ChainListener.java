package io.segue.bundles.consensus.solo.chain;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine.Block;

/** Hears what happens to a chain, on the chain's thread; must return quickly. */
public interface ChainListener {
  /** The chain goes on after {@code height}, the newest committed one; 0 before the first. */
  void resumed(long height);

  /** A block is committed; {@code retainHeight} as the application answered. */
  void committed(Block block, FinalizeBlockResponse results, long retainHeight);

  /** What the chain waits for is there: the agent has work. Called from any thread. */
  void wake();
}
