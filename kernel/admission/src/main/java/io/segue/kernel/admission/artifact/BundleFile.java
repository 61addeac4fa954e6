package io.segue.kernel.admission.artifact;

/**
 * A bundle as bytes, and what was read of them: the framework gets the latter, never the former.
 *
 * @param manifest of those bytes
 * @param content the jar
 * @param entries the files in it
 */
public record BundleFile(BundleManifest manifest, Content content, BundleEntries entries) {
  /**
   * A bundle that was admitted before, byte for byte: nothing but its manifest is unpacked.
   *
   * @param what names the jar in errors
   */
  public static BundleFile kept(String what, Content jar) throws RefusedException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    return of(what, jar, ZipArchive.open(what, jar.bytes(), budget));
  }

  /** A bundle whose jar is open. */
  static BundleFile of(String what, Content jar, ZipArchive zip) throws RefusedException {
    return new BundleFile(BundleManifest.read(what, zip), jar, BundleEntries.of(zip));
  }

  /** Digest of the jar. */
  public String sha256() {
    return content.sha256();
  }

  /** How a generation's manifest names it. */
  public GenerationManifest.Line line() {
    return new GenerationManifest.Line(manifest.symbolicName(), manifest.version(), sha256());
  }
}
