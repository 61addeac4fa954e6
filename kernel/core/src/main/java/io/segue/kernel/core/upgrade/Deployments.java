package io.segue.kernel.core.upgrade;

import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.ArtifactLimits;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.upgrade.Preparation.Ready;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * What operators bring by hand: it is kept, checked and staged as what a sidecar brings.
 *
 * <p>Thread safety: any thread.
 */
public final class Deployments {
  private final ContentStore contents;
  private final Repairs repairs;
  private final Staging staging;
  private final LongSupplier clockMs;

  /**
   * Nothing is deployed yet.
   *
   * @param clockMs milliseconds since the epoch, for the timeline only
   */
  public Deployments(
      ContentStore contents, Repairs repairs, Staging staging, LongSupplier clockMs) {
    this.contents = contents;
    this.repairs = repairs;
    this.staging = staging;
    this.clockMs = clockMs;
  }

  /**
   * What an operator brought.
   *
   * @param file where it came from, for messages
   * @param verdict on it, on top of the current generation
   */
  public record Brought(Path file, Verdict verdict, long fetchedMs) {}

  /**
   * Takes a file that an operator brings into the content store and reads it, once.
   *
   * @throws GenerationException where it is larger than an artifact may be
   */
  public Brought take(Path file) throws IOException, GenerationException {
    return brought(file, contents.take(file, ArtifactLimits.DEFAULT.artifactBytes()));
  }

  /**
   * Reads a file that an operator brings, once, and keeps nothing of it.
   *
   * @throws GenerationException where it is larger than an artifact may be
   */
  public Brought look(Path file) throws IOException, GenerationException {
    return brought(file, ContentStore.read(file, ArtifactLimits.DEFAULT.artifactBytes()));
  }

  private Brought brought(Path file, Content content) {
    long fetchedMs = clockMs.getAsLong();
    return new Brought(file, staging.verdict(content), fetchedMs);
  }

  /**
   * Stages an artifact that an operator brought: same admission and staging as a sidecar's.
   *
   * @param pending the plan that waits; where it is bound to other bytes these are refused, unless
   *     {@code options} name the digest that it is bound to
   * @param done whether a plan of this name was done already
   * @throws GenerationException with what was refused, why, and what to do
   */
  public Ready deploy(
      Brought brought, DeployOptions options, Optional<Plan> pending, Predicate<String> done)
      throws IOException, GenerationException, InterruptedException {
    String sha256 = brought.verdict().sha256();
    String name = GenerationAssembler.readable(brought.verdict()).declaration().plan();
    if (done.test(name)) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          brought.file()
              + " is of plan "
              + name
              + ", which is done already; there is nothing to deploy");
    }
    Optional<String> insteadOf =
        binding(pending, name).check(brought.file(), name, sha256, options);
    String replaced = insteadOf.orElse("");
    Ready ready = staging.stage(brought.verdict(), true, brought.fetchedMs()).insteadOf(replaced);
    try {
      repairs.keep(new Repairs.Repair(name, replaced, sha256, ready.generation().digest()));
    } catch (IOException e) {
      // It must not run now and be forgotten at the next start.
      staging.discard(ready.generation());
      throw e;
    }
    return ready;
  }

  /**
   * Says what {@link #deploy} would find in an artifact; nothing of it is kept.
   *
   * @param pending the plan that waits; bytes that it is not bound to are refused
   * @param done whether a plan of this name was done already
   */
  public CheckReport check(Brought brought, Optional<Plan> pending, Predicate<String> done) {
    CheckReport report = staging.check(brought.verdict(), done);
    Optional<String> plan = report.generation().map(CheckReport.Preview::plan);
    if (plan.isEmpty()) {
      return report;
    }
    try {
      binding(pending, plan.get())
          .check(brought.file(), plan.get(), report.sha256(), DeployOptions.NONE);
      return report;
    } catch (GenerationException e) {
      List<Finding> findings = new ArrayList<>();
      findings.add(e.reason().finding("", e.text()));
      findings.addAll(report.findings());
      return new CheckReport(
          report.sha256(), report.bundles(), List.copyOf(findings), report.generation());
    }
  }

  /** What binds a plan of this name. */
  private Binding binding(Optional<Plan> pending, String name) {
    return new Binding(pending.filter(plan -> plan.name().equals(name)), repairs);
  }
}
