package io.segue.kernel.core.plan;

import java.util.Arrays;

/** How a plan ended; the state keeps the code of those that brought no code. */
public enum PlanOutcome {
  /** Its generation runs from its height on. Not kept: a record of the generation says it. */
  APPLIED(0),
  /** Its handler or an invariant refused the state; the generation before goes on. */
  ABORTED(1),
  /** The validators' operators skipped it; the generation before goes on. */
  SKIPPED(2),
  /** Governance scheduled another plan in its place before its height. */
  REPLACED(3),
  /** Governance cancelled it before its height. */
  CANCELLED(4);

  private final byte code;

  PlanOutcome(int code) {
    this.code = (byte) code;
  }

  byte code() {
    return code;
  }

  static PlanOutcome of(byte code) {
    return Arrays.stream(values())
        .filter(outcome -> outcome.code == code)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("state has an outcome of a plan with code " + code));
  }
}
