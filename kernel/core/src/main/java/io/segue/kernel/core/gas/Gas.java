package io.segue.kernel.core.gas;

import io.segue.kernel.api.module.GasMeter;
import io.segue.kernel.api.module.ModuleException;
import org.jspecify.annotations.Nullable;

/**
 * The gas of one transaction after another; reset between them. What no number can count is out of
 * gas under every limit, the largest included; under that one it is not added, so that what is not
 * limited, such as the end of a block, goes on.
 */
public final class Gas implements GasMeter {
  /** Code of the error {@code out of gas} in codespace {@code sdk}. */
  public static final int OUT_OF_GAS = 11;

  private long used;
  private long limit = Long.MAX_VALUE;
  private String passedAt = "";
  private @Nullable Deadline deadline;

  /** Has a query end in time; a block has no such limit. */
  public void endBy(Deadline newDeadline) {
    deadline = newDeadline;
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
