package io.segue.kernel.api.node;

/** How a plan ended. */
public enum UpgradeOutcome {
  /** Its block ran on the new code. */
  APPLIED,
  /** The operators' settings skipped it; its block ran on the code before. */
  SKIPPED,
  /** Its handler or an invariant refused the state; its block ran on the code before. */
  ABORTED,
  /** Another plan took its place before its height. */
  REPLACED,
  /** It was cancelled before its height. */
  CANCELLED
}
