/** The agent that makes blocks, and what it carries from one block to the next. */
@NullMarked
package io.segue.bundles.consensus.solo.chain;

import org.jspecify.annotations.NullMarked;
