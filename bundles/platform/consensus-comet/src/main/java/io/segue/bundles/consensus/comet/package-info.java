/**
 * The engine outside the node: CometBFT agrees on blocks with the other validators, and drives the
 * node's application over the ABCI socket.
 */
@NullMarked
package io.segue.bundles.consensus.comet;

import org.jspecify.annotations.NullMarked;
