/** Replays a chain from genesis out of a block file, through every upgrade, in one process. */
@NullMarked
package io.segue.bundles.consensus.solo.replay;

import org.jspecify.annotations.NullMarked;
