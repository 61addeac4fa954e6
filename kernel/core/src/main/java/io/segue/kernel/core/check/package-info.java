/**
 * What is executed beside the blocks and never committed: {@link CheckState} checks transactions
 * for the mempool, {@link ProposalHandler} makes and checks proposals, {@link VoteExtensions} what
 * votes carry; {@link QueryState} is the committed state that they begin from.
 */
@NullMarked
package io.segue.kernel.core.check;

import org.jspecify.annotations.NullMarked;
