package io.segue.kernel.core.gas;

import io.segue.kernel.api.module.GasMeter;
import io.segue.kernel.api.module.ModuleException;
import org.jspecify.annotations.Nullable;

/**
 * The gas of one transaction after another; reset between them. It ends with the run it is made
 * for, and with it all that costs gas: code that kept a context, a store or an iterator is refused.
 * What no number can count is out of gas under every limit, the largest included; under that one it
 * is not added, so that what is not limited, such as the end of a block, goes on.
 */
public final class Gas implements GasMeter {
  /** Code of the error {@code out of gas} in codespace {@code sdk}. */
  public static final int OUT_OF_GAS = 11;

  private final Thread thread = Thread.currentThread();
  private boolean ended;
  private long used;
  private long limit = Long.MAX_VALUE;
  private String passedAt = "";
  private @Nullable Deadline deadline;

  /** Has a query end in time; a block has no such limit. */
  public void endBy(Deadline newDeadline) {
    deadline = newDeadline;
  }

  /** The run is over. */
  public void end() {
    ended = true;
  }

  /**
   * Refuses what is used by another thread than the one that runs, or when the run is over.
   *
   * @throws IllegalStateException says what is wrong with it
   */
  public void requireInCall() {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "a Context, or a store or iterator of one, is used on another thread than its call; do the"
              + " work on the thread of the call");
    }
    if (ended) {
      throw new IllegalStateException(
          "a Context, or a store or iterator of one, is used after its call; keep none of them, each"
              + " call brings its own");
    }
  }

  public void reset(long newLimit) {
    used = 0;
    limit = newLimit;
    passedAt = "";
  }

  /**
   * Leaves at most so much gas.
   *
   * @return the limit before, for {@link #widen}
   */
  public long narrow(long most) {
    if (most < 0) {
      throw new IllegalArgumentException("negative gas limit " + most);
    }
    long before = limit;
    if (most < limit - used) {
      limit = used + most;
    }
    return before;
  }

  /** Sets the limit of before; what was used beyond the narrow one was refused, and is not used. */
  public void widen(long before) {
    if (before > limit) {
      used = Math.min(used, limit);
      passedAt = "";
      limit = before;
    }
  }

  @Override
  public void consume(long amount, String location) {
    requireInCall();
    if (deadline != null) {
      deadline.check();
    }
    if (amount < 0) {
      throw new IllegalArgumentException("negative gas " + amount + " for " + location);
    }
    boolean countable = amount <= Long.MAX_VALUE - used;
    if (countable) {
      used += amount;
    } else if (limit < Long.MAX_VALUE) {
      used = Long.MAX_VALUE;
    }
    if (used > limit || !countable) {
      if (passedAt.isEmpty()) {
        passedAt = location;
      }
      throw outOfGas(location);
    }
  }

  @Override
  public long used() {
    return used;
  }

  @Override
  public long limit() {
    return limit;
  }

  /** Refuses a transaction whose module caught the error and went on as if there was gas left. */
  public void requireLeft() {
    if (used > limit || !passedAt.isEmpty()) {
      throw outOfGas(passedAt);
    }
  }

  public ModuleException outOfGas(String location) {
    return new ModuleException(
        "sdk",
        OUT_OF_GAS,
        "out of gas in location: "
            + location
            + "; gasWanted: "
            + limit
            + ", gasUsed: "
            + used
            + ": out of gas");
  }
}
