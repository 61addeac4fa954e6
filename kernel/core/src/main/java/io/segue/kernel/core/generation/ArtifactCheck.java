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
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Goes through an artifact as a deployment does and collects what it finds instead of stopping at
 * the first thing. Where nothing is refused by then, its generation is put together beside the
 * running one for a moment, and removed again: what a deployment would find there is found here.
 */
final class ArtifactCheck {
  private final Admission admission;
  private final ContentStore store;
  private final Predicate<String> done;
  private final Attempt attempt;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * A check of one artifact.
   *
   * @param done whether a plan of this name was done already
   * @param attempt puts its generation together and removes it again
   */
  ArtifactCheck(Admission admission, ContentStore store, Predicate<String> done, Attempt attempt) {
    this.admission = admission;
    this.store = store;
    this.done = done;
    this.attempt = attempt;
  }

  /** Puts a generation together, and removes it again. */
  @FunctionalInterface
  interface Attempt {
    void run(GenerationSpec spec) throws GenerationException;
  }

  /** The report on an artifact on top of the current generation. */
  CheckReport check(Optional<Generation> before, byte[] bytes) {
    List<CheckedBundle> bundles = List.of();
    Optional<Preview> preview = Optional.empty();
    try {
      Artifact artifact = Artifact.read(bytes);
      bundles = artifact.checked();
      for (BundleFile file : artifact.bundles()) {
        look(file, before.isPresent() && before.get().manifest().lines().contains(file.line()));
      }
      preview = Optional.of(compose(before, artifact));
    } catch (GenerationException e) {
      add(e, "");
    }
    return new CheckReport(Sha256.of(bytes), bundles, List.copyOf(findings), preview);
  }

  private void look(BundleFile file, boolean known) {
    try {
      findings.addAll(admission.findings(file, known));
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
    GenerationSpec spec = new GenerationSpec(declaration, composition, files, manifest);
    ModuleMaker.orders(spec);
    for (BundleFile file : files) {
      if (!artifact.bundles().contains(file)) {
        look(file, true);
      }
    }
    GenerationAssembler.refuseLosses(before, spec);
    if (findings.stream().noneMatch(f -> f.severity() == Severity.REFUSE)) {
      attempt.run(spec);
    }
    return new Preview(
        declaration.plan(),
        spec.manifest().digest(),
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

  private void add(GenerationException e, String bundle) {
    findings.add(e.reason().finding(bundle, e.text()));
  }
}
