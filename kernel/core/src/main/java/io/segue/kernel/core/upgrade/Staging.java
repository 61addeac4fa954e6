package io.segue.kernel.core.upgrade;

import io.segue.kernel.core.generation.Artifact;
import io.segue.kernel.core.generation.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationAssembler;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.upgrade.Preparation.Ready;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Has generations stand ready beside the current one. They are put together within a time limit: it
 * is the first time that their code runs, and code that does not come back must keep neither the
 * preparation nor the operator waiting. What comes back after the limit is removed again.
 *
 * <p>Thread safety: any thread.
 */
public final class Staging {
  private final ContentStore contents;
  private final GenerationAssembler assembler;
  private final Generations generations;
  private final LongSupplier timeoutMs;
  private final LongSupplier clockMs;

  /**
   * Nothing is staged yet.
   *
   * @param generations the new ones are staged there, and carry over from the current one
   * @param timeoutMs how long the code of a generation may take to be made and tried
   * @param clockMs milliseconds since the epoch, for the timeline only
   */
  public Staging(
      ContentStore contents,
      GenerationAssembler assembler,
      Generations generations,
      LongSupplier timeoutMs,
      LongSupplier clockMs) {
    this.contents = contents;
    this.assembler = assembler;
    this.generations = generations;
    this.timeoutMs = timeoutMs;
    this.clockMs = clockMs;
  }

  /** Whether a generation was put together on the one that is current. */
  boolean upToDate(Generation generation) {
    return generation.previous().equals(Optional.of(current().digest()));
  }

  /** Uninstalls a generation that will not be used, off the caller's thread. */
  void discard(Generation generation) {
    generations.discard(generation);
  }

  /**
   * Stages an artifact of the content store; see {@link #stage(Artifact, String, boolean, long)}.
   */
  Ready stage(String sha256, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    return stage(Artifact.read(contents.get(sha256)), sha256, deployed, fetchedMs);
  }

  /**
   * Stages an artifact on the current generation.
   *
   * @param deployed whether an operator brought it
   * @param fetchedMs when it came
   * @throws GenerationException with what was refused, why, and what to do
   */
  Ready stage(Artifact artifact, String sha256, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    Generation generation = assemble(current(), artifact);
    generations.stage(generation);
    return new Ready(generation, sha256, "", deployed, fetchedMs, clockMs.getAsLong(), "");
  }

  Generation current() {
    try (Lease lease = generations.current()) {
      return lease.generation();
    }
  }

  /**
   * Puts a generation together on another one, on a thread of its own.
   *
   * @throws GenerationException as the assembler does; {@link HoldReason#FACTORY} where it takes
   *     longer than the limit
   */
  private Generation assemble(Generation before, Artifact artifact)
      throws GenerationException, InterruptedException {
    AtomicBoolean settled = new AtomicBoolean();
    FutureTask<Generation> work =
        new FutureTask<>(
            () -> {
              Generation generation = assembler.assemble(Optional.of(before), artifact);
              if (!settled.compareAndSet(false, true)) {
                assembler.dispose(generation);
              }
              return generation;
            });
    String plan = artifact.declaration().plan();
    Thread thread = new Thread(work, "segue-stage-" + plan);
    thread.setDaemon(true);
    thread.start();
    long limitMs = timeoutMs.getAsLong();
    try {
      return work.get(limitMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GenerationException refused) {
        throw refused;
      }
      throw new GenerationException(
          HoldReason.FACTORY, "generation " + plan + " can't be made: " + e.getCause(), e);
    } catch (TimeoutException | InterruptedException e) {
      if (!settled.compareAndSet(false, true)) {
        return taken(work);
      }
      thread.interrupt();
      if (e instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new GenerationException(
          HoldReason.FACTORY,
          "generation "
              + plan
              + " did not stand ready within "
              + limitMs
              + " ms (factoryTimeoutMs): a factory, the handler's constructor or a class's"
              + " initialisation does not come back",
          e);
    }
  }

  /** What was finished at the very moment of the limit. */
  private static Generation taken(FutureTask<Generation> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a generation was finished and is not there", e);
    }
  }
}
