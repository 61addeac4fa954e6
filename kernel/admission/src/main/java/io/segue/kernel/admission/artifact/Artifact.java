package io.segue.kernel.admission.artifact;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An upgrade artifact that was read: bundles, one of which declares a generation.
 *
 * @param sha256 digest of the whole; of bundles side by side, that of the sorted list of them
 * @param bundles in the order of the archive
 * @param declaration what the generation in it declares
 */
public record Artifact(String sha256, List<BundleFile> bundles, GenerationDeclaration declaration) {
  /**
   * Puts what was read together.
   *
   * @throws RefusedException where two bundles are the same one, or not exactly one declares a
   *     generation
   */
  public static Artifact of(ArtifactSource source, List<BundleFile> bundles)
      throws RefusedException {
    refuseTwice(bundles);
    String sha256 =
        source.sha256().isEmpty()
            ? GenerationManifest.of(bundles.stream().map(BundleFile::line).toList()).digest()
            : source.sha256();
    return new Artifact(sha256, List.copyOf(bundles), declaration(bundles));
  }

  private static void refuseTwice(List<BundleFile> bundles) throws RefusedException {
    Map<String, BundleFile> seen = new HashMap<>();
    for (BundleFile bundle : bundles) {
      if (seen.put(bundle.manifest().bundle(), bundle) != null) {
        throw refused("it holds " + bundle.manifest().bundle() + " twice");
      }
    }
  }

  private static GenerationDeclaration declaration(List<BundleFile> bundles)
      throws RefusedException {
    Optional<BundleFile> found = Optional.empty();
    for (BundleFile bundle : bundles) {
      if (GenerationDeclaration.isIn(bundle.manifest())) {
        if (found.isPresent()) {
          throw refused(
              found.get().manifest().bundle()
                  + " and "
                  + bundle.manifest().bundle()
                  + " both declare a generation; keep one");
        }
        found = Optional.of(bundle);
      }
    }
    if (found.isEmpty()) {
      throw refused(
          "no bundle in it declares a generation (capability "
              + GenerationDeclaration.GENERATION
              + "); deploy the archive that holds the upgrade handler");
    }
    return GenerationDeclaration.read(found.get().manifest());
  }

  static RefusedException refused(String why) {
    return new RefusedException(RefusalReason.ARTIFACT, "the artifact is refused: " + why);
  }
}
