/** ABCI 2.0 over sockets: connections, frames, and the messages as the kernel has them. */
@NullMarked
package io.segue.bundles.consensus.comet.abci;

import org.jspecify.annotations.NullMarked;
