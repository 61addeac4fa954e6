/**
 * Reads an upgrade's artifact, strictly: whatever two readers could read differently is refused.
 *
 * <p>An {@link io.segue.kernel.admission.artifact.ArtifactReader} opens the {@link
 * io.segue.kernel.admission.artifact.ZipArchive}, whose {@link
 * io.segue.kernel.admission.artifact.ZipDirectory} is checked within the {@link
 * io.segue.kernel.admission.artifact.ArtifactLimits}. Of each jar it makes {@link
 * io.segue.kernel.admission.artifact.BundleContents}: a {@link
 * io.segue.kernel.admission.artifact.BundleFile} with its {@link
 * io.segue.kernel.admission.artifact.BundleManifest}, and its classes. One bundle has the {@link
 * io.segue.kernel.admission.artifact.GenerationDeclaration}. All of them are the {@link
 * io.segue.kernel.admission.artifact.Artifact}, and the bundles of a generation its {@link
 * io.segue.kernel.admission.artifact.GenerationManifest}.
 */
@Export
@Version("1.0.0")
@NullMarked
package io.segue.kernel.admission.artifact;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
