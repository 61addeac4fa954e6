package io.segue.kernel.admission.artifact;

/**
 * A bundle as bytes: what is checked here is what the framework gets.
 *
 * @param manifest of those bytes
 * @param content the jar
 */
public record BundleFile(BundleManifest manifest, Content content) {
  /**
   * A bundle that was admitted before, byte for byte: nothing but its manifest is unpacked.
   *
   * @param what names the jar in errors
   */
  public static BundleFile kept(String what, Content jar) throws RefusedException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    return new BundleFile(
        BundleManifest.read(what, ZipArchive.open(what, jar.bytes(), budget)), jar);
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
