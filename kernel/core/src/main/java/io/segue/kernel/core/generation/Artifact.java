package io.segue.kernel.core.generation;

import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An upgrade artifact: one bundle, or a zip archive with bundles at any depth. Files in an archive
 * that do not end in {@code .jar} are not looked at.
 */
public final class Artifact {
  private final String sha256;
  private final List<BundleFile> bundles;

  private Artifact(String sha256, List<BundleFile> bundles) {
    this.sha256 = sha256;
    this.bundles = List.copyOf(bundles);
  }

  /** Reads an artifact within the default limits. */
  public static Artifact read(byte[] bytes) throws GenerationException {
    return read(bytes, ArtifactLimits.DEFAULT);
  }

  /**
   * Reads an artifact. Nothing of it is written anywhere.
   *
   * @throws GenerationException {@link HoldReason#ARTIFACT} or {@link HoldReason#MANIFEST}; names
   *     entry and limit
   */
  public static Artifact read(byte[] bytes, ArtifactLimits limits) throws GenerationException {
    if (bytes.length > limits.artifactBytes()) {
      throw refused(
          "the artifact is refused: "
              + bytes.length
              + " bytes are more than the limit 'artifactBytes' of "
              + limits.artifactBytes());
    }
    if (!ZipArchive.looksLikeZip(bytes)) {
      throw refused(
          "the artifact is refused: it is neither a bundle nor a zip archive of bundles; check what"
              + " was downloaded");
    }
    ZipDirectory.Budget budget = new ZipDirectory.Budget(limits);
    ZipArchive zip = ZipArchive.read("the artifact", bytes, budget);
    String sha256 = Sha256.of(bytes);
    if (BundleManifest.isBundle("the artifact", zip)) {
      BundleManifest manifest = BundleManifest.read("the artifact", zip);
      return new Artifact(sha256, List.of(new BundleFile(manifest, bytes, sha256)));
    }
    return new Artifact(sha256, unique(archived(zip, budget)));
  }

  /**
   * The bundles of a distribution as an artifact: the first generation.
   *
   * @param jars bytes by file name
   */
  public static Artifact ofBundles(Map<String, byte[]> jars) throws GenerationException {
    ZipDirectory.Budget budget = new ZipDirectory.Budget(ArtifactLimits.DEFAULT);
    List<BundleFile> bundles = new ArrayList<>();
    for (Map.Entry<String, byte[]> jar : jars.entrySet()) {
      bundles.add(BundleFile.read(jar.getKey(), jar.getValue(), budget));
    }
    List<BundleFile> unique = unique(bundles);
    String sha256 = GenerationManifest.of(unique.stream().map(BundleFile::line).toList()).digest();
    return new Artifact(sha256, unique);
  }

  /** Digest of the whole; for {@link #ofBundles} of the sorted list of bundles. */
  public String sha256() {
    return sha256;
  }

  /** What the generation in this artifact declares. */
  public GenerationDeclaration declaration() throws GenerationException {
    Optional<BundleFile> found = Optional.empty();
    for (BundleFile bundle : bundles) {
      if (GenerationDeclaration.isIn(bundle.manifest())) {
        if (found.isPresent()) {
          throw refused(
              "the artifact is refused: "
                  + found.get().manifest().bundle()
                  + " and "
                  + bundle.manifest().bundle()
                  + " both declare a generation; keep one");
        }
        found = Optional.of(bundle);
      }
    }
    if (found.isEmpty()) {
      throw refused(
          "the artifact is refused: no bundle in it declares a generation (capability "
              + GenerationDeclaration.GENERATION
              + "); deploy the archive that holds the upgrade handler");
    }
    return GenerationDeclaration.read(found.get().manifest());
  }

  /** Its bundles as a report lists them. */
  public List<CheckedBundle> checked() throws GenerationException {
    List<CheckedBundle> checked = new ArrayList<>();
    for (BundleFile file : bundles) {
      checked.add(
          new CheckedBundle(
              file.manifest().symbolicName(),
              file.manifest().version(),
              file.sha256(),
              file.classes().size()));
    }
    return List.copyOf(checked);
  }

  List<BundleFile> bundles() {
    return bundles;
  }

  private static List<BundleFile> archived(ZipArchive zip, ZipDirectory.Budget budget)
      throws GenerationException {
    List<BundleFile> bundles = new ArrayList<>();
    for (ZipDirectory.Entry entry : zip.entries()) {
      if (!entry.isFolder() && entry.name().toLowerCase(Locale.ROOT).endsWith(".jar")) {
        bundles.add(BundleFile.read("entry '" + entry.name() + "'", zip.content(entry), budget));
      }
    }
    if (bundles.isEmpty()) {
      throw refused(
          "the artifact is refused: it is neither a bundle (no Bundle-SymbolicName) nor an archive"
              + " that holds bundles");
    }
    return bundles;
  }

  private static List<BundleFile> unique(List<BundleFile> bundles) throws GenerationException {
    Map<String, BundleFile> seen = new HashMap<>();
    for (BundleFile bundle : bundles) {
      if (seen.put(bundle.manifest().bundle(), bundle) != null) {
        throw refused("the artifact is refused: it holds " + bundle.manifest().bundle() + " twice");
      }
    }
    return bundles;
  }

  private static GenerationException refused(String text) {
    return new GenerationException(HoldReason.ARTIFACT, text);
  }
}
