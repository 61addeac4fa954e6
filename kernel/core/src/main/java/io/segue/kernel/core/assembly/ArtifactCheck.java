package io.segue.kernel.core.assembly;

import io.segue.kernel.admission.Refusal;
import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.GenerationDeclaration;
import io.segue.kernel.admission.artifact.GenerationDeclaration.ModuleSource;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.OrderChange;
import io.segue.kernel.api.node.CheckReport.Preview;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Composition;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationSpec;
import io.segue.kernel.core.generation.Losses;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
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
  private final Recheck recheck;
  private final ContentStore store;
  private final Predicate<String> done;
  private final Attempt attempt;
  private final List<Finding> refused = new ArrayList<>();

  /**
   * A check of one artifact.
   *
   * @param recheck says what refuses bundles that were admitted before
   * @param done whether a plan of this name was done already
   * @param attempt puts its generation together and removes it again
   */
  ArtifactCheck(Recheck recheck, ContentStore store, Predicate<String> done, Attempt attempt) {
    this.recheck = recheck;
    this.store = store;
    this.done = done;
    this.attempt = attempt;
  }

  /** Says what refuses bundles that were admitted before. */
  @FunctionalInterface
  interface Recheck {
    List<Refusal> of(List<BundleFile> bundles);
  }

  /** Puts a generation together, and removes it again. */
  @FunctionalInterface
  interface Attempt {
    /** Says what the chain would lose by it; empty where there is no generation before it. */
    Optional<Losses> run(GenerationSpec spec) throws GenerationException;
  }

  /**
   * The report on an artifact on top of the current generation.
   *
   * @param verdict what admission found in it
   */
  CheckReport check(Optional<Generation> before, Verdict verdict) {
    verdict.refusals().forEach(refusal -> refused.add(refusal.finding()));
    Optional<Preview> preview = Optional.empty();
    if (verdict.artifact().isPresent()) {
      try {
        preview = Optional.of(compose(before, verdict.artifact().get()));
      } catch (GenerationException e) {
        refused.add(e.reason().finding("", e.text()));
      }
    }
    List<Finding> findings = new ArrayList<>(refused);
    findings.addAll(verdict.notes());
    return new CheckReport(verdict.sha256(), verdict.bundles(), findings, preview);
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
    GenerationAssembler.refuseUnsupported(declaration, composition);
    Optional<GenerationManifest> manifest = before.map(Generation::manifest);
    List<BundleFile> files =
        new BundleSelection(store, declaration, composition).from(artifact, manifest);
    GenerationSpec spec = new GenerationSpec(declaration, composition, files, manifest);
    ModuleMaker.orders(spec);
    List<BundleFile> carriedOver =
        files.stream().filter(file -> !artifact.bundles().contains(file)).toList();
    recheck.of(carriedOver).forEach(refusal -> refused.add(refusal.finding()));
    GenerationAssembler.refuseLosses(before, spec);
    Optional<Losses> losses = refused.isEmpty() ? attempt.run(spec) : Optional.empty();
    if (losses.isPresent()) {
      refuseUndeclared(losses.get());
    }
    return new Preview(
        declaration.plan(),
        spec.manifest().digest(),
        old.map(Composition::rules).orElse(composition.rules()),
        composition.rules(),
        modules(old, composition),
        orders(old, composition),
        losses.map(Losses::list).orElse(List.of()));
  }

  private void refuseUndeclared(Losses losses) {
    try {
      losses.refuseUndeclared();
    } catch (GenerationException e) {
      refused.add(e.reason().finding("", e.text()));
    }
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
}
