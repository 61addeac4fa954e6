/**
 * Generations of the application: how the bytes of an upgrade become code that stands beside the
 * running one, and how that code goes again. Knows nothing of OSGi; see {@link
 * io.segue.kernel.core.generation.BundleSpace} for the seam.
 */
@NullMarked
package io.segue.kernel.core.generation;

import org.jspecify.annotations.NullMarked;
