package io.segue.bundles.consensus.solo.mempool;

import io.segue.kernel.api.engine.Engine.MempoolException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * A commit or a round, for whose end callers wait. They wait for a short while and never for a
 * hold: then they are told that the node is busy, and why. Thread safe.
 */
final class Interval {
  /** A caller waits so long at most. */
  static final long PATIENCE_MS = 2_000;

  /** Where an interval lasts longer, the node is asked whether it holds. */
  static final long HOLD_SUSPECTED_MS = 50;

  private final Supplier<Optional<String>> heldFor;
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final long startNs = System.nanoTime();

  /**
   * An interval that begins now.
   *
   * @param heldFor why the node holds; empty where it does not
   */
  Interval(Supplier<Optional<String>> heldFor) {
    this.heldFor = heldFor;
  }

  boolean isOver() {
    return end.isDone();
  }

  void end() {
    end.complete(null);
  }

  /** Waits for the end. */
  void await() throws MempoolException {
    long waitsSinceNs = System.nanoTime();
    while (!isOver()) {
      throwIfHeld();
      if (msSince(waitsSinceNs) >= PATIENCE_MS) {
        throw new MempoolException(
            "busy: the transactions of the last block are not settled yet; try again");
      }
      try {
        end.get(HOLD_SUSPECTED_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // It is asked again what keeps it.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new MempoolException("busy: the node stops");
      } catch (ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Refuses a caller where it would have to wait for a hold. */
  void throwIfHeld() throws MempoolException {
    if (!isOver() && msSince(startNs) >= HOLD_SUSPECTED_MS) {
      Optional<String> why = heldFor.get();
      if (why.isPresent()) {
        throw new MempoolException("busy, held: " + why.get());
      }
    }
  }

  private static long msSince(long ns) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ns);
  }
}
