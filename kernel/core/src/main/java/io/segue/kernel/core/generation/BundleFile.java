package io.segue.kernel.core.generation;

/**
 * A bundle as bytes: what is judged here is what the framework gets.
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

  /** A bundle whose bytes were judged before and have the digest they had then. */
  static BundleFile known(String what, byte[] bytes, String sha256) throws GenerationException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    BundleManifest manifest = BundleManifest.read(what, ZipArchive.open(what, bytes, budget));
    return new BundleFile(manifest, bytes, sha256);
  }

  GenerationManifest.Line line() {
    return new GenerationManifest.Line(manifest.symbolicName(), manifest.version(), sha256);
  }
}
