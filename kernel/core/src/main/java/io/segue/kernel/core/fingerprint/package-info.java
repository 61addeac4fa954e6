/**
 * What code of generations keeps in memory, and whether it changes. State belongs into the store:
 * what a module keeps elsewhere is not in the root, and is gone when a node starts again.
 *
 * <p>{@link io.segue.kernel.core.fingerprint.Fingerprint} knows what was there and compares; {@link
 * io.segue.kernel.core.fingerprint.ObjectWalk} goes from object to object.
 */
@NullMarked
package io.segue.kernel.core.fingerprint;

import org.jspecify.annotations.NullMarked;
