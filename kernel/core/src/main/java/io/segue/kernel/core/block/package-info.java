/** The block loop: one agent that executes blocks, applies upgrades and commits. */
@NullMarked
package io.segue.kernel.core.block;

import org.jspecify.annotations.NullMarked;
