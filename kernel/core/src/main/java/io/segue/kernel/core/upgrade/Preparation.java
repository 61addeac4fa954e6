package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.generation.Artifact;
import io.segue.kernel.core.generation.ArtifactLimits;
import io.segue.kernel.core.generation.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationAssembler;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.plan.PlanInfos;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Brings a plan's generation to readiness, off the block thread: runs the sidecar, reads the bytes
 * once, and has them verified, admitted, installed and resolved beside the running generation.
 *
 * <p>Thread safety: {@link #start} and {@link #cancel} are called by the block thread, {@link
 * #deploy} by any; the work runs on the executor.
 */
public final class Preparation {
  /** Longest JSON that an indirect info may lead to. */
  static final long MAX_INFO_BYTES = 64 * 1024;

  private final ContentStore contents;
  private final GenerationAssembler assembler;
  private final Repairs repairs;
  private final AllowedSidecars sidecars;
  private final Generations generations;
  private final ExecutorService executor;
  private final Staging staging;
  private final LongSupplier clockMs;
  private @Nullable Future<?> running;

  /**
   * Nothing runs before {@link #start}.
   *
   * @param sidecars those that the operator allows
   * @param generations the new ones are staged there, and carry over from the current one
   * @param timeoutMs how long the code of a generation may take to be made and tried
   * @param clockMs milliseconds since the epoch, for the timeline only
   */
  public Preparation(
      ContentStore contents,
      GenerationAssembler assembler,
      Repairs repairs,
      AllowedSidecars sidecars,
      Generations generations,
      ExecutorService executor,
      LongSupplier timeoutMs,
      LongSupplier clockMs) {
    this.contents = contents;
    this.assembler = assembler;
    this.repairs = repairs;
    this.sidecars = sidecars;
    this.generations = generations;
    this.executor = executor;
    this.staging = new Staging(assembler, timeoutMs);
    this.clockMs = clockMs;
  }

  /**
   * Stages what is to run for a plan: what the operator decided to run in place of the plan's
   * bytes, or deployed for a plan that names none; else what the sidecar brings. One outcome
   * follows.
   */
  public void start(Plan plan, PlanInfo info, Consumer<Outcome> done) {
    cancel();
    running =
        executor.submit(
            () -> {
              Optional<Repairs.Repair> repair = repairs.of(plan.name(), info.sha256().orElse(""));
              attempt(
                  plan,
                  done,
                  () ->
                      repair.isPresent()
                          ? stage(repair.get().sha256(), true, clockMs.getAsLong())
                              .insteadOf(repair.get().insteadOf())
                          : prepare(plan, info, done));
            });
  }

  /** Stages an artifact again that is in the content store, on the generation that is current. */
  public void restage(Plan plan, Ready stale, Consumer<Outcome> done) {
    cancel();
    release(stale.generation());
    running =
        executor.submit(
            () ->
                attempt(
                    plan,
                    done,
                    () ->
                        stage(stale.sha256(), stale.deployed(), stale.fetchedMs())
                            .insteadOf(stale.insteadOf())));
  }

  /** Whether an operator deployed something for a plan that names no artifact, and it is kept. */
  public boolean deployed(Plan plan) {
    return repairs.of(plan.name(), "").isPresent();
  }

  /** Whether a generation was put together on the one that is current. */
  public boolean upToDate(Generation generation) {
    return generation.previous().equals(Optional.of(current().digest()));
  }

  /** Interrupts what runs. */
  public void cancel() {
    if (running != null) {
      running.cancel(true);
      running = null;
    }
  }

  /** Uninstalls a generation that will not be used, off the block thread. */
  public void release(Generation generation) {
    generations.discard(generation);
  }

  /**
   * What an operator brought, as the content store keeps it.
   *
   * @param file where it came from, for messages
   */
  public record Brought(Path file, Artifact artifact, String sha256, long fetchedMs) {}

  /**
   * Takes a file that an operator brings into the content store and reads it, once.
   *
   * @throws GenerationException where it is no artifact, or larger than one may be
   */
  public Brought take(Path file) throws IOException, GenerationException {
    String sha256 = contents.put(file, ArtifactLimits.DEFAULT.artifactBytes());
    long fetchedMs = clockMs.getAsLong();
    return new Brought(file, Artifact.read(contents.get(sha256)), sha256, fetchedMs);
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
    String sha256 = brought.sha256();
    String name = brought.artifact().declaration().plan();
    if (done.test(name)) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          brought.file()
              + " is of plan "
              + name
              + ", which is done already; there is nothing to deploy");
    }
    Optional<String> insteadOf =
        new Binding(pending.filter(plan -> plan.name().equals(name)), repairs)
            .judge(brought.file(), name, sha256, options);
    String replaced = insteadOf.orElse("");
    Ready ready = stage(brought.artifact(), sha256, true, brought.fetchedMs()).insteadOf(replaced);
    repairs.keep(new Repairs.Repair(name, replaced, sha256, ready.generation().digest()));
    return ready;
  }

  /**
   * Says what {@link #deploy} would find in an artifact; nothing of it runs or is kept.
   *
   * @param done whether a plan of this name was done already
   * @throws GenerationException where the file is larger than any artifact may be
   */
  public CheckReport check(Path file, Predicate<String> done)
      throws IOException, GenerationException {
    long limit = ArtifactLimits.DEFAULT.artifactBytes();
    if (Files.size(file) > limit) {
      throw new GenerationException(
          HoldReason.ARTIFACT,
          file + " is refused: it is larger than the limit of " + limit + " bytes");
    }
    return assembler.check(Optional.of(current()), Files.readAllBytes(file), done);
  }

  /** What ends in a generation that stands ready, or says why it does not. */
  @FunctionalInterface
  private interface Attempt {
    Ready run() throws SidecarException, GenerationException, IOException, InterruptedException;
  }

  private static void attempt(Plan plan, Consumer<Outcome> done, Attempt attempt) {
    try {
      done.accept(attempt.run());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SidecarException e) {
      done.accept(new Failed(plan, Hold.of(e, HoldReason.SIDECAR), e.retry()));
    } catch (GenerationException e) {
      Hold hold = Hold.of(e, e.reason());
      done.accept(new Failed(plan, hold, hold.reason().passing()));
    } catch (IOException e) {
      done.accept(
          new Failed(
              plan, Hold.of(e, HoldReason.STORAGE, "the artifact can't be read or kept"), true));
    } catch (RuntimeException | Error e) {
      done.accept(new Failed(plan, Hold.of(e, HoldReason.SIDECAR, "the preparation failed"), true));
    }
  }

  private Ready prepare(Plan plan, PlanInfo info, Consumer<Outcome> news)
      throws SidecarException, GenerationException, IOException, InterruptedException {
    PlanInfo artifact = info.kind() == PlanInfo.Kind.INDIRECT ? follow(plan, info, news) : info;
    bring(plan, artifact, news);
    long fetchedMs = clockMs.getAsLong();
    CrashPoint.FETCHED.reached();
    Ready ready = stage(artifact.sha256().orElseThrow(), false, fetchedMs);
    String name = ready.generation().name();
    if (!name.equals(plan.name())) {
      generations.discard(ready.generation());
      throw new SidecarException(
          "the artifact is of plan "
              + name
              + ", not of "
              + plan.name()
              + "; cancel the plan, or schedule it with the right artifact",
          false,
          null);
    }
    CrashPoint.STAGED.reached();
    return ready.boundTo(info);
  }

  private PlanInfo follow(Plan plan, PlanInfo info, Consumer<Outcome> news)
      throws SidecarException, GenerationException, InterruptedException, IOException {
    Path file = bring(plan, info, news);
    if (Files.size(file) > MAX_INFO_BYTES) {
      throw new SidecarException(
          "the JSON at " + info.url().orElse("") + " is longer than " + MAX_INFO_BYTES + " bytes",
          false,
          null);
    }
    PlanInfo inner;
    try {
      inner = PlanInfos.parse(Files.readString(file, StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      throw new SidecarException(
          "the JSON at " + info.url().orElse("") + " is refused: " + e.getMessage(), false, e);
    }
    if (inner.kind() != PlanInfo.Kind.ARTIFACT) {
      throw new SidecarException(
          "the JSON at " + info.url().orElse("") + " names no artifact under binaries.any",
          false,
          null);
    }
    return inner;
  }

  private Path bring(Plan plan, PlanInfo info, Consumer<Outcome> news)
      throws SidecarException, GenerationException, IOException, InterruptedException {
    String sha256 = info.sha256().orElse("");
    Sidecar sidecar = sidecars.named(info.sidecar());
    CrashPoint.FETCHING.reached();
    Path file =
        sidecar.run(
            new Sidecar.Task(
                plan, info.url().orElse(""), sha256, info.parameters(), contents.folder()),
            new SidecarProgress(
                info.sidecar(), text -> news.accept(new Underway(plan, text)), clockMs));
    Path kept = contents.folder().resolve(sha256);
    if (!file.equals(kept)) {
      String came = contents.put(file, ArtifactLimits.DEFAULT.artifactBytes());
      if (!came.equals(sha256)) {
        throw new SidecarException(
            "the sidecar "
                + info.sidecar()
                + " brought "
                + file
                + " with the digest "
                + came
                + ", but plan "
                + plan.name()
                + " is bound to "
                + sha256
                + "; mend the sidecar, or deploy the bundles by hand: upgrade:deploy <file>",
            false,
            null);
      }
    }
    return kept;
  }

  private Ready stage(String sha256, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    return stage(Artifact.read(contents.get(sha256)), sha256, deployed, fetchedMs);
  }

  private Ready stage(Artifact artifact, String sha256, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    Generation generation = staging.assemble(current(), artifact);
    generations.stage(generation);
    return new Ready(generation, sha256, "", deployed, fetchedMs, clockMs.getAsLong(), "");
  }

  private Generation current() {
    try (Lease lease = generations.current()) {
      return lease.generation();
    }
  }

  /** What became of a preparation. */
  public sealed interface Outcome permits Underway, Ready, Failed {}

  /** It goes on: how far the sidecar is. */
  public record Underway(Plan plan, String progress) implements Outcome {}

  /**
   * A generation that stands ready.
   *
   * @param sha256 digest of the artifact
   * @param indirect digest of the JSON that led to the artifact; empty where none did
   * @param deployed whether an operator brought it, for a plan that may come later
   * @param insteadOf digest in the plan in place of which it runs; empty where it is what the plan
   *     asks for
   */
  public record Ready(
      Generation generation,
      String sha256,
      String indirect,
      boolean deployed,
      long fetchedMs,
      long readyMs,
      String insteadOf)
      implements Outcome {
    /** Whether this is what is to run for a plan of this info. */
    boolean fits(PlanInfo info) {
      String digest = info.sha256().orElse("");
      return switch (info.kind()) {
        case NOT_BOUND -> true;
        case ARTIFACT -> digest.equals(sha256) || digest.equals(insteadOf);
        case INDIRECT -> digest.equals(indirect) || digest.equals(insteadOf);
      };
    }

    Ready boundTo(PlanInfo info) {
      return info.kind() == PlanInfo.Kind.INDIRECT
          ? new Ready(
              generation, sha256, info.sha256().orElse(""), deployed, fetchedMs, readyMs, insteadOf)
          : this;
    }

    Ready insteadOf(String digest) {
      return new Ready(generation, sha256, indirect, deployed, fetchedMs, readyMs, digest);
    }
  }

  /**
   * A failure.
   *
   * @param retry whether it is tried again with time
   */
  public record Failed(Plan plan, Hold hold, boolean retry) implements Outcome {}
}
