/** The language in which clients of CometBFT search for transactions and blocks, and subscribe. */
@NullMarked
package io.segue.bundles.rpc.query;

import org.jspecify.annotations.NullMarked;
