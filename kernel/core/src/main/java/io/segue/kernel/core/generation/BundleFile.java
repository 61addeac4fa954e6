package io.segue.kernel.core.generation;

import io.segue.kernel.core.code.CodeCheck;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A bundle as bytes: what is checked here is what the framework gets.
 *
 * @param manifest of those bytes
 * @param bytes the jar; not to be changed
 * @param sha256 of the jar
 */
record BundleFile(BundleManifest manifest, byte[] bytes, String sha256) {
  /**
   * Reads a bundle.
   *
   * @param what names the jar in errors
   */
  static BundleFile read(String what, byte[] bytes, ZipDirectory.Budget budget)
      throws GenerationException {
    BundleManifest manifest = BundleManifest.read(what, ZipArchive.read(what, bytes, budget));
    return new BundleFile(manifest, bytes, Sha256.of(bytes));
  }

  /** A bundle whose bytes were checked before and have the digest they had then. */
  static BundleFile known(String what, byte[] bytes, String sha256) throws GenerationException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    BundleManifest manifest = BundleManifest.read(what, ZipArchive.open(what, bytes, budget));
    return new BundleFile(manifest, bytes, sha256);
  }

  /** The class files by their path in the jar, in the jar's order. */
  Map<String, byte[]> classes() throws GenerationException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    ZipArchive jar = ZipArchive.open(manifest.bundle(), bytes, budget);
    Map<String, byte[]> classes = new LinkedHashMap<>();
    for (ZipDirectory.Entry entry : jar.entries()) {
      if (CodeCheck.isClass(entry.name())) {
        classes.put(entry.name(), jar.content(entry));
      }
    }
    return classes;
  }

  GenerationManifest.Line line() {
    return new GenerationManifest.Line(manifest.symbolicName(), manifest.version(), sha256);
  }
}
