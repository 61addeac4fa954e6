/** CometBFT's JSON-RPC as the node's servers ask it: the engine's blocks and mempool. */
@NullMarked
package io.segue.bundles.consensus.comet.rpc;

import org.jspecify.annotations.NullMarked;
