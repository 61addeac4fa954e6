/** The node's JSON-RPC server: the methods of CometBFT v0.38 that clients of the ecosystem call. */
@NullMarked
package io.segue.bundles.rpc;

import org.jspecify.annotations.NullMarked;
