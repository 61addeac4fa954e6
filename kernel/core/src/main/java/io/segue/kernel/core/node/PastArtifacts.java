package io.segue.kernel.core.node;

import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.admission.artifact.GenerationManifest;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.Node.Deployed;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes artifacts of generations that the chain ran in the past and that this node no longer has,
 * so that heights of theirs can be asked again. Nothing of them is installed before somebody asks.
 *
 * <p>Thread safety: any thread but the block thread.
 */
final class PastArtifacts {
  private final GenerationAssembler assembler;
  private final Supplier<List<GenerationSchedule.Entry>> chain;

  /**
   * @param chain the generations of the chain, from the first one on
   */
  PastArtifacts(GenerationAssembler assembler, Supplier<List<GenerationSchedule.Entry>> chain) {
    this.assembler = assembler;
    this.chain = chain;
  }

  /**
   * Keeps an artifact of a past generation.
   *
   * @param file where it came from, for messages
   * @param verdict on it
   * @return what was kept; empty where the artifact is of a plan that the chain did not run
   * @throws GenerationException where the artifact is of a past generation and adds nothing or is
   *     not what the chain ran
   */
  Optional<Deployed> take(Path file, Verdict verdict) throws GenerationException {
    Artifact artifact = GenerationAssembler.readable(verdict);
    Optional<Past> past = past(artifact);
    if (past.isEmpty()) {
      return Optional.empty();
    }
    GenerationSchedule.Entry entry = past.get().entry();
    requireLost(file, entry);
    requireBefore(past.get());
    assembler.keepPast(entry.digest(), past.get().digestBefore(), artifact);
    return Optional.of(
        new Deployed(
            entry.name(),
            verdict.sha256(),
            entry.digest(),
            assembler.lines(entry.digest()).stream()
                .map(GenerationManifest.Line::toString)
                .toList()));
  }

  /**
   * Says what {@link #take} would find; empty where the artifact is of a plan that the chain did
   * not run, or can't be read.
   */
  Optional<CheckReport> check(Path file, Verdict verdict) {
    Optional<Past> past = verdict.artifact().flatMap(this::past);
    if (past.isEmpty()) {
      return Optional.empty();
    }
    List<Finding> findings = List.of();
    try {
      requireLost(file, past.get().entry());
      requireBefore(past.get());
      assembler.requirePast(
          past.get().entry().digest(), past.get().digestBefore(), verdict.artifact().get());
    } catch (GenerationException e) {
      findings = List.of(e.reason().finding("", e.text()));
    }
    return Optional.of(
        new CheckReport(verdict.sha256(), verdict.bundles(), findings, Optional.empty()));
  }

  /** A generation that the chain ran, with the one before it. */
  private record Past(GenerationSchedule.Entry entry, GenerationSchedule.@Nullable Entry before) {
    Optional<String> digestBefore() {
      return Optional.ofNullable(before).map(GenerationSchedule.Entry::digest);
    }
  }

  private Optional<Past> past(Artifact artifact) {
    String name = artifact.declaration().plan();
    List<GenerationSchedule.Entry> all = chain.get();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(name)) {
        return Optional.of(new Past(all.get(i), i == 0 ? null : all.get(i - 1)));
      }
    }
    return Optional.empty();
  }

  private void requireLost(Path file, GenerationSchedule.Entry entry) throws GenerationException {
    if (assembler.keeps(entry.digest())) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          file
              + " is of plan "
              + entry.name()
              + ", which is done already, and this node has its generation "
              + entry.digest()
              + "; there is nothing to deploy");
    }
  }

  private void requireBefore(Past past) throws GenerationException {
    GenerationSchedule.Entry before = past.before();
    if (before != null && !assembler.keeps(before.digest())) {
      throw new GenerationException(
          HoldReason.MISSING,
          "generation "
              + past.entry().name()
              + " carries over from generation "
              + before.name()
              + " "
              + before.digest()
              + ", which this node does not have either; deploy the artifact of "
              + before.name()
              + " first, then this one");
    }
  }
}
