/**
 * Why something does not go on, and what to do about it: a {@link
 * io.segue.kernel.core.hold.HoldReason}, in a {@link io.segue.kernel.core.hold.GenerationException}
 * where a generation is refused, in a {@link io.segue.kernel.core.hold.Hold} where the node waits.
 */
@NullMarked
package io.segue.kernel.core.hold;

import org.jspecify.annotations.NullMarked;
