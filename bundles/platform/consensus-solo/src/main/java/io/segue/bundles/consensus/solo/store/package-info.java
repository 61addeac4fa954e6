/** What the engine keeps on disk: a log of blocks and results, and an index made from it. */
@NullMarked
package io.segue.bundles.consensus.solo.store;

import org.jspecify.annotations.NullMarked;
