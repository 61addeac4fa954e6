package io.segue.bundles.sdk;

import io.segue.kernel.api.module.GasMeter;

/**
 * How much work may be begun, measured in gas. Where somebody pays for the gas it is a part of what
 * he pays; at the end of a block nobody does, and it is the same on every node all the same.
 */
public final class Budget {
  private final GasMeter gas;
  private final long usedBefore;
  private final long limit;

  /**
   * A budget from now on.
   *
   * @param limit gas; what was begun below it is finished
   */
  public Budget(GasMeter gas, long limit) {
    this.gas = gas;
    this.usedBefore = gas.used();
    this.limit = limit;
  }

  /** Whether something more may be begun. */
  public boolean left() {
    return gas.used() - usedBefore < limit;
  }
}
