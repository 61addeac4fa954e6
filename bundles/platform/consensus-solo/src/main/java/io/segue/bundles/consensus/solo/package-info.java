/**
 * The engine inside the node: one validator that decides every block alone, and leaves the same
 * headers, commits and hashes as CometBFT would.
 */
@NullMarked
package io.segue.bundles.consensus.solo;

import org.jspecify.annotations.NullMarked;
