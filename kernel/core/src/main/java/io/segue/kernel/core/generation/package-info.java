/**
 * Generations of the application: the code that stands ready, runs, and goes again. Knows nothing
 * of OSGi; see {@link io.segue.kernel.core.generation.BundleSpace} for the seam.
 *
 * <p>A {@link io.segue.kernel.core.generation.GenerationSpec} says what a {@link
 * io.segue.kernel.core.generation.Generation} is: its {@link
 * io.segue.kernel.core.generation.Composition} and its bundles. {@link
 * io.segue.kernel.core.generation.Generations} has those that are ready, the current one and those
 * of past heights, each a {@link io.segue.kernel.core.generation.ScheduledGeneration}, loaded or
 * not; who uses one has a {@link io.segue.kernel.core.generation.Lease}.
 */
@NullMarked
package io.segue.kernel.core.generation;

import org.jspecify.annotations.NullMarked;
