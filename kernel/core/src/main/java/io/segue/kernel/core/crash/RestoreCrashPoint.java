package io.segue.kernel.core.crash;

/**
 * Places at which a test can stop the process while it restores a snapshot, as {@link CrashPoint}
 * has those of an upgrade.
 */
public enum RestoreCrashPoint {
  /** The stores are written; nothing refers to them. */
  RESTORE_LOADED,
  /** The bundles are in the content store; the state is not committed. */
  RESTORE_COMMITTING,
  /** The state is committed; nothing of it is visible. */
  RESTORE_COMMITTED;

  /** Stops the process at once, without any clean-up, if this is the place asked for. */
  public void reached() {
    if (name().equals(System.getProperty(CrashPoint.PROPERTY))) {
      Runtime.getRuntime().halt(CrashPoint.EXIT_STATUS);
    }
  }
}
