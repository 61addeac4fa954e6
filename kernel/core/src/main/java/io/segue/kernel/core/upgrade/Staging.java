package io.segue.kernel.core.upgrade;

import io.segue.kernel.admission.Verdict;
import io.segue.kernel.admission.artifact.ArtifactSource;
import io.segue.kernel.admission.artifact.Content;
import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.core.assembly.GenerationAssembler;
import io.segue.kernel.core.content.ContentStore;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.generation.Lease;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.Cancellation;
import io.segue.kernel.core.upgrade.Preparation.Ready;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Makes generations ready beside the current one. They are put together within a time limit: it is
 * the first time that their code runs, and code that does not come back must keep neither the
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
  private final Map<Thread, Cancellation> running = new ConcurrentHashMap<>();

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

  /** Whether a generation of this plan is staged, whether or not the plan is there already. */
  boolean staged(String plan) {
    return generations.staged(plan);
  }

  /** Uninstalls a generation that will not be used, off the caller's thread. */
  void discard(Generation generation) {
    generations.discard(generation);
  }

  /** Stages an artifact of the content store; see {@link #stage(Verdict, boolean, long)}. */
  Ready stage(String sha256, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    return stage(contents.get(sha256), deployed, fetchedMs);
  }

  /** Stages an artifact; see {@link #stage(Verdict, boolean, long)}. */
  Ready stage(Content content, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    return stage(verdict(content), deployed, fetchedMs);
  }

  /** What admission finds in an artifact, on top of the current generation. */
  Verdict verdict(Content content) {
    return assembler.verdict(Optional.of(current()), ArtifactSource.archive(content));
  }

  /**
   * Stages an artifact on the current generation.
   *
   * @param verdict on it
   * @param deployed whether an operator brought it
   * @param fetchedMs when it came
   * @throws GenerationException with what was refused, why, and what to do
   */
  Ready stage(Verdict verdict, boolean deployed, long fetchedMs)
      throws GenerationException, InterruptedException {
    Generation generation = assemble(current(), verdict);
    generations.stage(generation);
    return new Ready(
        generation, verdict.sha256(), "", deployed, fetchedMs, clockMs.getAsLong(), "");
  }

  /**
   * Interrupts what is being put together, and waits for it: it may be writing a file.
   *
   * @param waitMs how long to wait at most, as the code of a generation may never end
   */
  public void close(long waitMs) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMs);
    running.forEach((thread, work) -> end(thread, work, "the node stops"));
    for (Thread thread : running.keySet()) {
      TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
    }
  }

  Generation current() {
    try (Lease lease = generations.current()) {
      return lease.generation();
    }
  }

  /**
   * Says what {@link #stage} would find in an artifact, within the same time.
   *
   * @param verdict on it
   * @param done whether a plan of this name was done already
   */
  CheckReport check(Verdict verdict, Predicate<String> done) {
    return assembler.check(
        Optional.of(current()),
        verdict,
        done,
        (plan, attempt) -> {
          try {
            limited(
                plan,
                () -> {
                  attempt.run();
                  return plan;
                },
                late -> {});
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GenerationException(
                HoldReason.FACTORY, "generation " + plan + " was not tried: interrupted", e);
          }
        });
  }

  /** Puts a generation together on another one. */
  private Generation assemble(Generation before, Verdict verdict)
      throws GenerationException, InterruptedException {
    return limited(
        GenerationAssembler.readable(verdict).declaration().plan(),
        () -> assembler.assemble(Optional.of(before), verdict),
        assembler::dispose);
  }

  /**
   * Does work on a thread of its own that runs code of a generation.
   *
   * @param late takes what is finished after the limit
   * @throws GenerationException as the work does; {@link HoldReason#FACTORY} where it takes longer
   *     than the limit
   */
  private <T> T limited(String plan, Callable<T> work, Consumer<T> late)
      throws GenerationException, InterruptedException {
    AtomicBoolean settled = new AtomicBoolean();
    FutureTask<T> task =
        new FutureTask<>(
            () -> {
              T result = work.call();
              if (!settled.compareAndSet(false, true)) {
                late.accept(result);
              }
              return result;
            });
    Thread thread =
        new GuardedThread(
            () -> {
              try {
                task.run();
              } finally {
                Objects.requireNonNull(running.remove(Thread.currentThread())).close();
              }
            },
            "segue-stage-" + plan);
    thread.setDaemon(true);
    Cancellation cancellation = new Cancellation(thread);
    running.put(thread, cancellation);
    thread.start();
    long limitMs = timeoutMs.getAsLong();
    try {
      return task.get(limitMs, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GenerationException refused) {
        throw refused;
      }
      throw new GenerationException(
          HoldReason.FACTORY, "generation " + plan + " can't be made: " + FailureText.of(e), e);
    } catch (TimeoutException | InterruptedException e) {
      if (!settled.compareAndSet(false, true)) {
        return taken(task);
      }
      end(thread, cancellation, "it took longer than " + limitMs + " ms (factoryTimeoutMs)");
      if (e instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new GenerationException(
          HoldReason.FACTORY,
          "generation "
              + plan
              + " was not ready within "
              + limitMs
              + " ms (factoryTimeoutMs): a factory, the handler's constructor or a class's"
              + " initialisation does not come back",
          e);
    }
  }

  /** Ends the code of a generation that a thread of this runs, and what the thread waits for. */
  private static void end(Thread thread, Cancellation work, String why) {
    work.cancel(why);
    thread.interrupt();
  }

  /** What was finished at the very moment of the limit. */
  private static <T> T taken(FutureTask<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a generation was finished and is not there", e);
    }
  }
}
