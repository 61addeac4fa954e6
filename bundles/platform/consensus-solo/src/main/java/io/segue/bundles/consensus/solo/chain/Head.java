package io.segue.bundles.consensus.solo.chain;

import io.segue.kernel.api.engine.Engine.Commit;

/**
 * The newest committed block.
 *
 * @param next the state after it
 * @param seen the commit that this node has seen for it
 */
public record Head(ChainState next, Commit seen) {}
