package io.segue.kernel.core.gas;

import io.segue.kernel.api.module.QueryException;

/**
 * When a query or a simulation has to end. It is asked where gas is taken, so code that reads state
 * ends soon after it. Never used in a block. Thread safety: one thread.
 */
public final class Deadline {
  /** None. */
  public static final Deadline NONE = new Deadline(Long.MAX_VALUE);

  /** The clock is read once in so many checks. */
  private static final int CHECKS_A_LOOK = 16;

  private final long timeoutMs;
  private final long startNs = System.nanoTime();
  private int checks;

  public Deadline(long timeoutMs) {
    this.timeoutMs = timeoutMs;
  }

  /**
   * Ends what took too long.
   *
   * @throws QueryException where it did
   */
  public void check() {
    if (++checks % CHECKS_A_LOOK == 0
        && timeoutMs != Long.MAX_VALUE
        && (System.nanoTime() - startNs) / 1_000_000 >= timeoutMs) {
      throw new QueryException(
          QueryException.Status.Unavailable,
          "it took longer than "
              + timeoutMs
              + " ms, the queryTimeoutMs of this node; ask for less at once, by pagination, or ask"
              + " a node with a longer one");
    }
  }
}
