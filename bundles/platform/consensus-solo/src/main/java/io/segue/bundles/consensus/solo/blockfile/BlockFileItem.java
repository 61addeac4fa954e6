package io.segue.bundles.consensus.solo.blockfile;

import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.engine.Engine.Block;
import java.util.List;

/** What follows the genesis in a block file, in order of heights. */
public sealed interface BlockFileItem {
  /**
   * From the next block on the chain ran another generation.
   *
   * @param name its plan
   * @param digest its digest, 64 hex digits
   * @param height first height that it executed
   */
  record Generation(String name, String digest, long height) implements BlockFileItem {}

  /**
   * The operators of the chain passed over a plan by their settings.
   *
   * @param name the plan
   * @param height of the plan, which is that of the next block
   */
  record Skipped(String name, long height) implements BlockFileItem {}

  /**
   * A block with what executing it gave.
   *
   * @param misbehavior that its evidence proves; the block comes without the evidence
   * @param appHash the application's root after the block
   * @param resultsHash hash of the results of its transactions
   */
  record Executed(Block block, List<Misbehavior> misbehavior, byte[] appHash, byte[] resultsHash)
      implements BlockFileItem {}
}
