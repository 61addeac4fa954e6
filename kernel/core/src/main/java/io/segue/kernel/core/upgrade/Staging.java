package io.segue.kernel.core.upgrade;

import io.segue.kernel.core.generation.Artifact;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationAssembler;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.HoldReason;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Puts generations together within a time limit: it is the first time that their code runs, and
 * code that does not come back must keep neither the preparation nor the operator waiting. What
 * comes back after the limit is removed again.
 *
 * <p>Thread safety: any thread.
 */
final class Staging {
  private final GenerationAssembler assembler;
  private final LongSupplier timeoutMs;

  Staging(GenerationAssembler assembler, LongSupplier timeoutMs) {
    this.assembler = assembler;
    this.timeoutMs = timeoutMs;
  }

  /**
   * Puts a generation together on another one, on a thread of its own.
   *
   * @throws GenerationException as the assembler does; {@link HoldReason#FACTORY} where it takes
   *     longer than the limit
   */
  Generation assemble(Generation before, Artifact artifact)
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
