/** The form of snapshots of the state, and the folder they lie in. */
@NullMarked
package io.segue.kernel.core.snapshot;

import org.jspecify.annotations.NullMarked;
