package io.segue.kernel.core.assembly;

import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.BundleManifest;
import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.admission.artifact.RefusedException;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Composition;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the bundles of a composition: new ones in the artifact, carried over ones in the content
 * store. Everything named must be there, and nothing that nobody names.
 */
final class BundleSelection {
  private final ContentStore store;
  private final GenerationDeclaration declaration;
  private final Composition composition;

  BundleSelection(ContentStore store, GenerationDeclaration declaration, Composition composition) {
    this.store = store;
    this.declaration = declaration;
    this.composition = composition;
  }

  /**
   * The bundles of the generation, its own first.
   *
   * @throws GenerationException {@link HoldReason#COMPOSITION}, or what reading the store throws
   */
  List<BundleFile> from(Artifact artifact, Optional<GenerationManifest> before)
      throws GenerationException {
    Map<ModuleSource, BundleFile> offered = new LinkedHashMap<>();
    for (BundleFile bundle : artifact.bundles()) {
      ModuleSource source =
          new ModuleSource(bundle.manifest().symbolicName(), bundle.manifest().version());
      refuseOtherBytes(bundle, before);
      offered.put(source, bundle);
    }
    Map<ModuleSource, BundleFile> chosen = new LinkedHashMap<>();
    ModuleSource own = new ModuleSource(declaration.bundle(), declaration.version());
    chosen.put(own, find(own, "its own bundle", offered, before));
    for (Map.Entry<String, ModuleSource> module : composition.modules().entrySet()) {
      ModuleSource source = module.getValue();
      if (!chosen.containsKey(source)) {
        chosen.put(source, find(source, "module " + module.getKey(), offered, before));
      }
      refuseWithoutModule(module.getKey(), chosen.get(source));
    }
    offered.keySet().removeAll(chosen.keySet());
    if (!offered.isEmpty()) {
      throw refused(
          "is refused: the artifact holds "
              + offered.keySet().iterator().next()
              + ", which the generation does not name; name it or leave it out");
    }
    return new ArrayList<>(chosen.values());
  }

  private BundleFile find(
      ModuleSource source,
      String use,
      Map<ModuleSource, BundleFile> offered,
      Optional<GenerationManifest> before)
      throws GenerationException {
    BundleFile inArtifact = offered.get(source);
    if (inArtifact != null) {
      return inArtifact;
    }
    Optional<GenerationManifest.Line> line =
        before.flatMap(b -> b.find(source.bundle(), source.version()));
    if (line.isEmpty()) {
      throw refused(
          "needs "
              + source
              + " for "
              + use
              + ", which is neither in the artifact nor in the generation before; add the bundle"
              + " to the artifact");
    }
    return read(store, line.get());
  }

  /** A bundle of the content store. */
  static BundleFile read(ContentStore store, GenerationManifest.Line line)
      throws GenerationException {
    BundleFile file;
    try {
      file =
          BundleFile.kept(
              "bundle " + line.symbolicName() + " " + line.version(), store.get(line.sha256()));
    } catch (RefusedException e) {
      throw GenerationException.of(e);
    }
    if (!file.line().equals(line)) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          "the content store has " + file.line() + " where the manifest says " + line);
    }
    return file;
  }

  private void refuseOtherBytes(BundleFile bundle, Optional<GenerationManifest> before)
      throws GenerationException {
    GenerationManifest.Line line = bundle.line();
    Optional<GenerationManifest.Line> running =
        before.flatMap(b -> b.find(line.symbolicName(), line.version()));
    if (running.isPresent() && !running.get().equals(line)) {
      throw refused(
          "is refused: "
              + bundle.manifest().bundle()
              + " has other bytes than the one of this version that runs (sha256 "
              + line.sha256()
              + ", running "
              + running.get().sha256()
              + "); raise its Bundle-Version");
    }
  }

  private void refuseWithoutModule(String module, BundleFile bundle) throws GenerationException {
    if (!bundle.manifest().modules().containsKey(module)) {
      throw refused(
          "takes module "
              + module
              + " from "
              + bundle.manifest().bundle()
              + ", which has the modules "
              + new TreeMap<>(bundle.manifest().modules()).keySet()
              + "; fix the declaration or the capability "
              + BundleManifest.MODULE);
    }
  }

  private GenerationException refused(String text) {
    return new GenerationException(
        HoldReason.COMPOSITION, "generation " + declaration.plan() + " " + text);
  }
}
