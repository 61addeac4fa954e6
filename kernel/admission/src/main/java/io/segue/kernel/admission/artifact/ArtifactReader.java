package io.segue.kernel.admission.artifact;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads the bundles of an artifact, one after the other, so that no more than one is unpacked at a
 * time. Files in an archive that do not end in {@code .jar} are unpacked to check them and not
 * looked at. Nothing is written anywhere.
 */
public final class ArtifactReader {
  private static final String WHAT = "the artifact";

  private final ZipDirectory.Budget budget;
  private final Deque<Jar> next = new ArrayDeque<>();

  /** A jar that is not read yet. */
  @FunctionalInterface
  private interface Jar {
    BundleContents read() throws RefusedException;
  }

  /**
   * Opens an artifact.
   *
   * @throws RefusedException {@link RefusalReason#ARTIFACT} where it is none; names entry and limit
   */
  public ArtifactReader(ArtifactSource source, ArtifactLimits limits) throws RefusedException {
    this.budget = new ZipDirectory.Budget(limits);
    if (source instanceof ArtifactSource.Archive archive) {
      open(archive.content(), limits);
    } else if (source instanceof ArtifactSource.Bundles bundles) {
      for (Map.Entry<String, byte[]> jar : bundles.jars().entrySet()) {
        next.add(() -> BundleContents.read(jar.getKey(), Content.of(jar.getValue()), budget));
      }
    }
  }

  /** Whether another bundle follows. */
  public boolean hasNext() {
    return !next.isEmpty();
  }

  /**
   * Reads the next bundle.
   *
   * @throws RefusedException {@link RefusalReason#ARTIFACT}, after which nothing more can be read;
   *     {@link RefusalReason#MANIFEST}, after which the next bundle can
   */
  public BundleContents next() throws RefusedException {
    return next.remove().read();
  }

  private void open(Content content, ArtifactLimits limits) throws RefusedException {
    byte[] bytes = content.bytes();
    if (bytes.length > limits.artifactBytes()) {
      throw Artifact.refused(
          bytes.length
              + " bytes are more than the limit 'artifactBytes' of "
              + limits.artifactBytes());
    }
    if (!ZipArchive.looksLikeZip(bytes)) {
      throw Artifact.refused(
          "it is neither a bundle nor a zip archive of bundles; check what was downloaded");
    }
    ZipArchive zip = ZipArchive.open(WHAT, bytes, budget);
    if (BundleManifest.isBundle(WHAT, zip)) {
      next.add(() -> BundleContents.read(WHAT, content, zip));
    } else {
      next.addAll(jars(zip));
    }
  }

  private List<Jar> jars(ZipArchive zip) throws RefusedException {
    List<Jar> jars = new ArrayList<>();
    for (ZipDirectory.Entry entry : zip.entries()) {
      if (!entry.isFolder() && entry.name().toLowerCase(Locale.ROOT).endsWith(".jar")) {
        String what = "entry '" + entry.name() + "'";
        jars.add(() -> BundleContents.read(what, Content.of(zip.content(entry)), budget));
      } else {
        zip.verify(entry);
      }
    }
    if (jars.isEmpty()) {
      throw Artifact.refused(
          "it is neither a bundle (no Bundle-SymbolicName) nor an archive that holds bundles");
    }
    return jars;
  }
}
