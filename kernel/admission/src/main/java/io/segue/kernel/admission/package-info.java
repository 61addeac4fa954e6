/**
 * Says what a node finds in an upgrade's artifact: from its bytes to what is refused and what is
 * worth a look. Nothing of it is installed or run, and nothing here knows the kernel, so that a
 * client and a builder's test come to the verdict that a node comes to.
 *
 * <p>{@link io.segue.kernel.admission.Admission} is the one entry. It is given an {@link
 * io.segue.kernel.admission.artifact.ArtifactSource} and the {@link
 * io.segue.kernel.admission.Baseline} that it is compared with. An {@link
 * io.segue.kernel.admission.artifact.ArtifactReader} unpacks one bundle after the other; {@link
 * io.segue.kernel.admission.ManifestRules} looks at its manifest and {@link
 * io.segue.kernel.admission.code.CodeCheck} at its classes. What they find is a {@link
 * io.segue.kernel.admission.Verdict}.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.segue.kernel.admission;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
