package io.segue.kernel.api.upgrade;

/**
 * Thrown by an upgrade handler that refuses the state it finds. Must be a pure function of the
 * state, so that every node sees the same. Until a chain's parameters allow abort the node holds.
 */
public final class UpgradeAborted extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UpgradeAborted(String reason) {
    super(reason);
  }
}
