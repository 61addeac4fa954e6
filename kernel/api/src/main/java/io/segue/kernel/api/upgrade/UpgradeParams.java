package io.segue.kernel.api.upgrade;

/**
 * What a chain decides about its upgrades; part of the state, so that every node does the same.
 *
 * @param allowAbort whether {@link UpgradeAborted} ends the plan and the block runs on the old
 *     code; otherwise the node holds
 * @param checkInvariants whether the invariants of all modules are checked after the handler, in
 *     the plan's block, which takes the longer the larger the state is; one that does not hold
 *     counts as {@link UpgradeAborted}
 */
public record UpgradeParams(boolean allowAbort, boolean checkInvariants) {
  /** Of a chain that says nothing about it. */
  public static final UpgradeParams DEFAULT = new UpgradeParams(false, false);
}
