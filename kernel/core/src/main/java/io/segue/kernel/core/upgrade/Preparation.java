package io.segue.kernel.core.upgrade;

import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings a plan's generation to readiness, off the block thread: has the sidecar bring the bytes,
 * and has them verified, admitted, installed and resolved beside the running generation.
 *
 * <p>Thread safety: block thread; the work runs on the executor.
 */
public final class Preparation {
  private final Fetching fetching;
  private final Staging staging;
  private final Repairs repairs;
  private final ExecutorService executor;
  private final LongSupplier clockMs;
  private @Nullable Future<?> running;

  /**
   * Nothing runs before {@link #start}.
   *
   * @param clockMs milliseconds since the epoch, for the timeline only
   */
  public Preparation(
      Fetching fetching,
      Staging staging,
      Repairs repairs,
      ExecutorService executor,
      LongSupplier clockMs) {
    this.fetching = fetching;
    this.staging = staging;
    this.repairs = repairs;
    this.executor = executor;
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
                          ? staging
                              .stage(repair.get().sha256(), true, clockMs.getAsLong())
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
                        staging
                            .stage(stale.sha256(), stale.deployed(), stale.fetchedMs())
                            .insteadOf(stale.insteadOf())));
  }

  /** Whether an operator deployed something for a plan that names no artifact, and it is kept. */
  public boolean deployed(Plan plan) {
    return repairs.of(plan.name(), "").isPresent();
  }

  /** Whether a generation was put together on the one that is current. */
  public boolean upToDate(Generation generation) {
    return staging.upToDate(generation);
  }

  /** Whether a generation of this plan is ready, taken by the block thread or not; any thread. */
  public boolean staged(String plan) {
    return staging.staged(plan);
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
    staging.discard(generation);
  }

  /** What ends in a generation that is ready, or says why it does not. */
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
    Content artifact =
        fetching.artifact(plan, info, progress -> news.accept(new Underway(plan, progress)));
    long fetchedMs = clockMs.getAsLong();
    CrashPoint.FETCHED.reached();
    Ready ready = staging.stage(artifact, false, fetchedMs);
    String name = ready.generation().name();
    if (!name.equals(plan.name())) {
      staging.discard(ready.generation());
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

  /** What became of a preparation. */
  public sealed interface Outcome permits Underway, Ready, Failed {}

  /** It goes on: how far the sidecar is. */
  public record Underway(Plan plan, String progress) implements Outcome {}

  /**
   * A generation that is ready.
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
