/** Transactions that wait for a block. */
@NullMarked
package io.segue.bundles.consensus.solo.mempool;

import org.jspecify.annotations.NullMarked;
