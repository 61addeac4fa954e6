package io.segue.kernel.core.generation;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.OrderChange;
import io.segue.kernel.api.node.CheckReport.Preview;
import io.segue.kernel.api.node.CheckReport.Severity;
import io.segue.kernel.core.generation.GenerationDeclaration.ModuleSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Goes through an artifact as a deployment does and collects what it finds instead of stopping at
 * the first thing. Where nothing is refused by then, its bundles are installed, resolved and loaded
 * beside the running ones for a moment, and removed again; no code of theirs runs.
 */
final class ArtifactCheck {
  private final Admission admission;
  private final ContentStore store;
  private final BundlePool pool;
  private final Predicate<String> done;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A check of one artifact.
   *
   * @param done whether a plan of this name was done already
   */
  ArtifactCheck(Admission admission, ContentStore store, BundlePool pool, Predicate<String> done) {
    this.admission = admission;
    this.store = store;
    this.pool = pool;
    this.done = done;
  }

  /** The report on an artifact on top of the current generation. */
  CheckReport check(Optional<Generation> before, byte[] bytes) {
    List<CheckedBundle> bundles = new ArrayList<>();
    Optional<Preview> preview = Optional.empty();
    try {
      Artifact artifact = Artifact.read(bytes);
      for (BundleFile file : artifact.bundles()) {
        bundles.add(bundle(file));
        look(file);
      }
      preview = Optional.of(compose(before, artifact));
    } catch (GenerationException e) {
      add(e, "");
    }
    return new CheckReport(Sha256.of(bytes), List.copyOf(bundles), List.copyOf(findings), preview);
  }

  private void look(BundleFile file) {
    try {
      findings.addAll(admission.findings(file));
    } catch (GenerationException e) {
      add(e, file.manifest().bundle());
    }
  }

  private Preview compose(Optional<Generation> before, Artifact artifact)
      throws GenerationException {
    GenerationDeclaration declaration = artifact.declaration();
    if (done.test(declaration.plan())) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          "it is of plan " + declaration.plan() + ", which is done already; nothing waits for it");
    }
    Optional<Composition> old = before.map(Generation::composition);
    Composition composition = Composition.of(old, declaration);
    GenerationAssembler.refuseNewerKernel(declaration, composition);
    Optional<GenerationManifest> manifest = before.map(Generation::manifest);
    List<BundleFile> files =
        new BundleSelection(store, declaration, composition).from(artifact, manifest);
    Blueprint blueprint = new Blueprint(declaration, composition, files, manifest);
    ModuleMaker.orders(blueprint);
    if (findings.stream().noneMatch(f -> f.severity() == Severity.REFUSE)) {
      pool.release(pool.acquire(files, true).keySet());
    }
    return new Preview(
        declaration.plan(),
        blueprint.manifest().digest(),
        old.map(Composition::rules).orElse(composition.rules()),
        composition.rules(),
        modules(old, composition),
        orders(old, composition));
  }

  private static List<ModuleChange> modules(Optional<Composition> before, Composition after) {
    SortedSet<String> names = new TreeSet<>(after.modules().keySet());
    before.ifPresent(old -> names.addAll(old.modules().keySet()));
    return names.stream()
        .map(
            name ->
                new ModuleChange(
                    name,
                    before.map(old -> source(old.modules(), name)).orElse(""),
                    source(after.modules(), name)))
        .toList();
  }

  private static String source(SortedMap<String, ModuleSource> modules, String name) {
    ModuleSource source = modules.get(name);
    return source == null ? "" : source.toString();
  }

  private static List<OrderChange> orders(Optional<Composition> before, Composition after) {
    SortedSet<String> phases = new TreeSet<>(after.orders().keySet());
    before.ifPresent(old -> phases.addAll(old.orders().keySet()));
    return phases.stream()
        .map(
            phase ->
                new OrderChange(
                    phase,
                    before
                        .map(old -> old.orders().getOrDefault(phase, List.of()))
                        .orElse(List.of()),
                    after.orders().getOrDefault(phase, List.of())))
        .filter(change -> !change.before().equals(change.after()))
        .toList();
  }

  private static CheckedBundle bundle(BundleFile file) throws GenerationException {
    return new CheckedBundle(
        file.manifest().symbolicName(),
        file.manifest().version(),
        file.sha256(),
        file.classes().size());
  }

  private void add(GenerationException e, String bundle) {
    String rule = e.reason().name().toLowerCase(Locale.ROOT).replace('_', '-');
    findings.add(Finding.refused(rule, bundle, e.text()));
  }
}
