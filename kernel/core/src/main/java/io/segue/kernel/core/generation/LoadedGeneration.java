package io.segue.kernel.core.generation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A generation that is loaded and published, and its leases in one number: how many are out, and
 * {@link #ENDED} added when no more are given. Whoever first brings it to exactly {@code ENDED}
 * retires it.
 *
 * <p>Thread safety: any thread.
 */
final class LoadedGeneration {
  private static final long ENDED = Long.MIN_VALUE;

  private final Generation generation;
  private final Consumer<Generation> retire;
  private final LongSupplier clockNs;
  private final AtomicLong leases = new AtomicLong();
  private final AtomicBoolean retired = new AtomicBoolean();
  private volatile long usedNs;

  /**
   * @param retire takes the generation when it has ended and the last lease is back
   * @param clockNs tells how long it has been idle; any origin
   */
  LoadedGeneration(Generation generation, Consumer<Generation> retire, LongSupplier clockNs) {
    this.generation = generation;
    this.retire = retire;
    this.clockNs = clockNs;
    this.usedNs = clockNs.getAsLong();
  }

  Generation generation() {
    return generation;
  }

  /** A lease, or null where it has ended: the schedule is another by then. */
  @Nullable Lease lease() {
    if (leases.getAndIncrement() < 0) {
      retireAt(leases.decrementAndGet());
      return null;
    }
    return new Lease(generation, this::giveBack);
  }

  /** Gives no more leases; called once, after it is taken out of the schedule. */
  void end() {
    retireAt(leases.addAndGet(ENDED));
  }

  /**
   * Ends it where no lease is out and none came back for a while; true where it ended. Its
   * generation is the caller's then, and is not passed to {@code retire}.
   */
  boolean endIfIdle(long idleNs) {
    boolean idle = clockNs.getAsLong() - usedNs >= idleNs;
    return idle && leases.compareAndSet(0, ENDED) && retired.compareAndSet(false, true);
  }

  private void giveBack() {
    usedNs = clockNs.getAsLong();
    retireAt(leases.decrementAndGet());
  }

  private void retireAt(long count) {
    if (count == ENDED && retired.compareAndSet(false, true)) {
      retire.accept(generation);
    }
  }
}
