package io.segue.kernel.api.upgrade;

/**
 * Thrown by an upgrade handler, or a migration it runs, that refuses the state it finds. Must be a
 * pure function of the state, so that every node sees the same. Where the chain's {@link
 * UpgradeParams} allow it, the plan ends with it: nothing of the upgrade is kept, the plan is
 * recorded as aborted, and the block runs on the old code. Otherwise the node holds.
 */
public final class UpgradeAborted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UpgradeAborted(String reason) {
    super(reason);
  }
}
