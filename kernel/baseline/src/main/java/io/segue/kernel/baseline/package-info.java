/**
 * Holds what builders compile against to what was released. Tests of the modules that are released
 * use it, through {@link io.segue.kernel.baseline.RecordedApi}.
 */
@NullMarked
package io.segue.kernel.baseline;

import org.jspecify.annotations.NullMarked;
