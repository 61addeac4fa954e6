/** Blocks, results and votes as CometBFT v0.38 encodes and hashes them. */
@NullMarked
package io.segue.bundles.consensus.solo.wire;

import org.jspecify.annotations.NullMarked;
