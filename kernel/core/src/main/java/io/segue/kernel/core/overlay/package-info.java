/**
 * Writes that are not committed yet: a {@link Branch} over a state has an {@link OverlayStore} for
 * each store, whose {@link KeyTable} holds an {@link Entry} for each key that was used; {@link
 * MergedIterator} walks writes and base as one. {@link CheckOverlay} is the branch of CheckTx.
 */
@NullMarked
package io.segue.kernel.core.overlay;

import org.jspecify.annotations.NullMarked;
