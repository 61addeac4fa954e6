package io.segue.kernel.core.block;

import io.segue.kernel.api.node.NodeState;

/** What the block loop is doing. */
public enum BlockState {
  /** Waits for the next block. */
  IDLE,
  /** Looks whether a plan is due; costs one read when none is. */
  PLAN,
  /** A plan is due and its generation is being made ready. */
  DUE,
  /** The block waits, with the state untouched, for what is missing. */
  HELD,
  /** Loads stores for the new code. */
  LOADING,
  /** Runs the upgrade handler. */
  HANDLING,
  /** Runs begin block, transactions and end block. */
  EXECUTE,
  /** Computes the root. */
  SEAL,
  /** The block is answered and waits for its commit, or for being executed again. */
  SEALED,
  /** Writes everything in one synced step. */
  COMMIT,
  /** Makes the new state, and the new generation, the current ones. */
  PUBLISH,
  /** Stopped. */
  CLOSED;

  /** Whether the block in this state has no root yet, so that the operator's settings count. */
  boolean beforeSeal() {
    return switch (this) {
      case PLAN, DUE, HELD, LOADING, HANDLING, EXECUTE -> true;
      case IDLE, SEAL, SEALED, COMMIT, PUBLISH, CLOSED -> false;
    };
  }

  /** What people are told. */
  public NodeState shown() {
    return switch (this) {
      case IDLE, PLAN, EXECUTE, SEAL, SEALED, COMMIT, PUBLISH -> NodeState.RUNNING;
      case DUE -> NodeState.PREPARING;
      case LOADING, HANDLING -> NodeState.UPGRADING;
      case HELD -> NodeState.HELD;
      case CLOSED -> NodeState.STOPPING;
    };
  }
}
