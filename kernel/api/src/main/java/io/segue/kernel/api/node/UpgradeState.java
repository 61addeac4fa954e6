package io.segue.kernel.api.node;

import java.util.EnumSet;
import java.util.Set;

/** Where an upgrade is in its life. */
public enum UpgradeState {
  /** No plan was seen since the start. */
  NONE,
  /** The plan is in the committed state; nothing is done for it yet. */
  SCHEDULED,
  /** The sidecar runs, or what it brought is admitted and resolved. */
  PREPARING,
  /** Something is missing; it is tried again while there is time. */
  NOT_READY,
  /** The generation is ready beside the current one. */
  READY,
  /** The plan's block waits for what is missing; the old generation serves. */
  HELD,
  /** Store loads run. */
  LOADING,
  /** The handler runs. */
  HANDLING,
  /** The handler is done; the plan's block executes on the new code and is not committed. */
  HANDLED,
  /** The plan's block is committed; the new generation serves. */
  APPLIED,
  /** The operators skipped the plan; its block ran on the old generation. */
  SKIPPED,
  /** The handler or an invariant refused the state; the plan's block ran on the old generation. */
  ABORTED,
  /** The plan was cancelled or replaced; what was prepared is cleaned up. */
  CANCELLED;

  private static final Set<UpgradeState> BEFORE_HEIGHT =
      EnumSet.of(SCHEDULED, PREPARING, NOT_READY, READY);
  private static final Set<UpgradeState> AT_HEIGHT = EnumSet.of(HELD, LOADING, HANDLING, HANDLED);

  /** Whether the plan waits for its height. */
  public boolean beforeHeight() {
    return BEFORE_HEIGHT.contains(this);
  }

  /** Whether the plan's block is being executed or waits to be. */
  public boolean atHeight() {
    return AT_HEIGHT.contains(this);
  }
}
