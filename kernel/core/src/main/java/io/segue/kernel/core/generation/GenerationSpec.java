package io.segue.kernel.core.generation;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationManifest;
import java.util.List;
import java.util.Optional;

/**
 * All that determines a generation, before anything of it is installed.
 *
 * @param files its bundles
 * @param before manifest of the generation it carries over from; empty for the first
 */
public record GenerationSpec(
    GenerationDeclaration declaration,
    Composition composition,
    List<BundleFile> files,
    Optional<GenerationManifest> before) {

  public GenerationManifest manifest() {
    return GenerationManifest.of(files.stream().map(BundleFile::line).toList());
  }

  /** Symbolic names of the bundles that the generation before has too, byte for byte. */
  public List<String> carriedOver() {
    return before.stream()
        .flatMap(b -> b.lines().stream())
        .filter(line -> files.stream().anyMatch(f -> f.line().equals(line)))
        .map(GenerationManifest.Line::symbolicName)
        .toList();
  }

  /** The bundle of this name and version. */
  public Optional<BundleFile> file(GenerationDeclaration.ModuleSource source) {
    return files.stream()
        .filter(f -> f.manifest().symbolicName().equals(source.bundle()))
        .filter(f -> f.manifest().version().equals(source.version()))
        .findFirst();
  }
}
