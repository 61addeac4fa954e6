/**
 * Puts generations together from artifacts and from what the node keeps.
 *
 * <p>{@link io.segue.kernel.core.assembly.GenerationAssembler} has the verdict of admission, finds
 * by {@link io.segue.kernel.core.assembly.BundleSelection} the bundles that the composition names,
 * installs them by {@link io.segue.kernel.core.assembly.BundlePool}, and has {@link
 * io.segue.kernel.core.assembly.ModuleMaker} make the modules. {@link
 * io.segue.kernel.core.assembly.GenerationHistory} reads how a generation came about, to put it
 * together again; {@link io.segue.kernel.core.assembly.ArtifactCheck} says what an assembly would
 * find and leaves nothing.
 */
@NullMarked
package io.segue.kernel.core.assembly;

import org.jspecify.annotations.NullMarked;
