package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
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
import java.util.function.Function;
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
  private final Function<String, Optional<Sidecar>> sidecars;
  private final Generations generations;
  private final ExecutorService executor;
  private final LongSupplier clockMs;
  private @Nullable Future<?> running;

  /**
   * Nothing runs before {@link #start}.
   *
   * @param sidecars finds a sidecar that the operator allows, by name
   * @param generations the new ones are staged there, and carry over from the current one
   * @param clockMs milliseconds since the epoch, for the timeline only
   */
  public Preparation(
      ContentStore contents,
      GenerationAssembler assembler,
      Function<String, Optional<Sidecar>> sidecars,
      Generations generations,
      ExecutorService executor,
      LongSupplier clockMs) {
    this.contents = contents;
    this.assembler = assembler;
    this.sidecars = sidecars;
    this.generations = generations;
    this.executor = executor;
    this.clockMs = clockMs;
  }

  /** Runs the sidecar for a plan and stages what it brings; one outcome follows. */
  public void start(Plan plan, PlanInfo info, Consumer<Outcome> done) {
    cancel();
    running = executor.submit(() -> attempt(plan, done, () -> prepare(plan, info)));
  }

  /** Stages an artifact again that is in the content store, on the generation that is current. */
  public void restage(Plan plan, Ready stale, Consumer<Outcome> done) {
    cancel();
    release(stale.generation());
    running =
        executor.submit(
            () ->
                attempt(
                    plan, done, () -> stage(stale.sha256(), stale.deployed(), stale.fetchedMs())));
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
   * Stages an artifact that an operator brought: same admission and staging as a sidecar's.
   *
   * @param pending the plan that waits; where it is bound to other bytes these are refused
   * @param done whether a plan of this name was done already
   * @throws GenerationException with what was refused, why, and what to do
   */
  public Ready deploy(Path file, Optional<Plan> pending, Predicate<String> done)
      throws IOException, GenerationException {
    String sha256 = contents.put(file, ArtifactLimits.DEFAULT.artifactBytes());
    long fetchedMs = clockMs.getAsLong();
    Artifact artifact = Artifact.read(contents.get(sha256));
    String name = artifact.declaration().plan();
    if (done.test(name)) {
      throw new GenerationException(
          HoldReason.COMPOSITION,
          file + " is of plan " + name + ", which is done already; there is nothing to deploy");
    }
    if (pending.isPresent() && pending.get().name().equals(name)) {
      requireBound(file, sha256, pending.get());
    }
    return stage(artifact, sha256, true, fetchedMs);
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

  private static void requireBound(Path file, String sha256, Plan plan) throws GenerationException {
    PlanInfo info = PlanInfos.parse(plan.info());
    if (info.kind() == PlanInfo.Kind.INDIRECT) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          "plan "
              + plan.name()
              + " is bound by the JSON at "
              + info.url().orElse("")
              + ", so "
              + file
              + " can't be judged without it; make that URL answer, then the sidecar brings both");
    }
    String bound = info.sha256().orElse(sha256);
    if (!bound.equals(sha256)) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          file
              + " has the digest "
              + sha256
              + ", but plan "
              + plan.name()
              + " is bound to "
              + bound
              + "; deploy the file with that digest");
    }
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
      done.accept(new Failed(plan, message(e), e.retry()));
    } catch (GenerationException e) {
      done.accept(new Failed(plan, message(e), false));
    } catch (IOException e) {
      done.accept(
          new Failed(plan, "the artifact can't be read or kept: " + e + "; check the disk", true));
    } catch (RuntimeException | Error e) {
      done.accept(new Failed(plan, "the preparation failed: " + e, true));
    }
  }

  private Ready prepare(Plan plan, PlanInfo info)
      throws SidecarException, GenerationException, IOException, InterruptedException {
    PlanInfo artifact = info.kind() == PlanInfo.Kind.INDIRECT ? follow(plan, info) : info;
    bring(plan, artifact);
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

  private PlanInfo follow(Plan plan, PlanInfo info)
      throws SidecarException, InterruptedException, IOException {
    Path file = bring(plan, info);
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

  private Path bring(Plan plan, PlanInfo info) throws SidecarException, InterruptedException {
    Sidecar sidecar =
        sidecars
            .apply(info.sidecar())
            .orElseThrow(
                () ->
                    new SidecarException(
                        "the plan asks for the sidecar "
                            + info.sidecar()
                            + ", which is not there or not allowed; see sidecars in"
                            + " etc/io.segue.upgrade.cfg, or deploy the bundles with"
                            + " upgrade:deploy",
                        true,
                        null));
    return sidecar.run(
        new Sidecar.Task(
            plan,
            info.url().orElse(""),
            info.sha256().orElse(""),
            info.parameters(),
            contents.folder()),
        (doneBytes, totalBytes) -> {});
  }

  private Ready stage(String sha256, boolean deployed, long fetchedMs) throws GenerationException {
    return stage(Artifact.read(contents.get(sha256)), sha256, deployed, fetchedMs);
  }

  private Ready stage(Artifact artifact, String sha256, boolean deployed, long fetchedMs)
      throws GenerationException {
    Generation generation = assembler.assemble(Optional.of(current()), artifact);
    generations.stage(generation);
    return new Ready(generation, sha256, "", deployed, fetchedMs, clockMs.getAsLong());
  }

  private Generation current() {
    try (Lease lease = generations.current()) {
      return lease.generation();
    }
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }

  /** What became of a preparation. */
  public sealed interface Outcome permits Ready, Failed {}

  /**
   * A generation that stands ready.
   *
   * @param sha256 digest of the artifact
   * @param indirect digest of the JSON that led to the artifact; empty where none did
   * @param deployed whether an operator brought it, for a plan that may come later
   */
  public record Ready(
      Generation generation,
      String sha256,
      String indirect,
      boolean deployed,
      long fetchedMs,
      long readyMs)
      implements Outcome {
    /** Whether these are the bytes that a plan's info is bound to. */
    boolean fits(PlanInfo info) {
      return switch (info.kind()) {
        case NOT_BOUND -> true;
        case ARTIFACT -> info.sha256().orElse("").equals(sha256);
        case INDIRECT -> info.sha256().orElse("").equals(indirect);
      };
    }

    Ready boundTo(PlanInfo info) {
      return info.kind() == PlanInfo.Kind.INDIRECT
          ? new Ready(generation, sha256, info.sha256().orElse(""), deployed, fetchedMs, readyMs)
          : this;
    }
  }

  /** A failure; the reason says what was refused, why, and what to do. */
  public record Failed(Plan plan, String reason, boolean retry) implements Outcome {}
}
