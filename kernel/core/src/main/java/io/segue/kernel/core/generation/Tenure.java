package io.segue.kernel.core.generation;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A published generation and its leases in one number: how many are out, and {@link #ENDED} added
 * when no more are given. Whoever first brings it to exactly {@code ENDED} retires it.
 */
final class Tenure {
  private static final long ENDED = Long.MIN_VALUE;

  private final Generation generation;
  private final Consumer<Generation> retire;
  private final AtomicLong leases = new AtomicLong();
  private final AtomicBoolean retired = new AtomicBoolean();

  Tenure(Generation generation, Consumer<Generation> retire) {
    this.generation = generation;
    this.retire = retire;
  }

  Generation generation() {
    return generation;
  }

  /** A lease, or null where it has ended: the schedule is another by then. */
  @Nullable Lease lease() {
    if (leases.getAndIncrement() < 0) {
      giveBack();
      return null;
    }
    return new Lease(generation, this::giveBack);
  }

  /** Gives no more leases; called once, after it is taken out of the schedule. */
  void end() {
    retireAt(leases.addAndGet(ENDED));
  }

  private void giveBack() {
    retireAt(leases.decrementAndGet());
  }

  private void retireAt(long count) {
    if (count == ENDED && retired.compareAndSet(false, true)) {
      retire.accept(generation);
    }
  }
}
