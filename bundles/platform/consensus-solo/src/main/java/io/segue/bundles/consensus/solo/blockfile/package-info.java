/** Blocks of a chain in one file: what a replay from genesis needs. */
@NullMarked
package io.segue.bundles.consensus.solo.blockfile;

import org.jspecify.annotations.NullMarked;
