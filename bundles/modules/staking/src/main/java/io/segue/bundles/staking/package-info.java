/** Who secures the chain, with how much: validators and what is delegated to them. */
@NullMarked
package io.segue.bundles.staking;

import org.jspecify.annotations.NullMarked;
