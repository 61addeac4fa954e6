package io.segue.kernel.core.node;

/**
 * The operator's settings of snapshots, named as the Cosmos SDK names them.
 *
 * @param interval a snapshot is made of each height that it divides; 0 makes none
 * @param keepRecent how many are kept; 0 keeps all
 */
public record SnapshotSettings(long interval, int keepRecent) {
  /** Two. */
  public static final int KEEP_RECENT = 2;

  /** No snapshots are made. */
  public static final SnapshotSettings OFF = new SnapshotSettings(0, KEEP_RECENT);

  /** Whether a snapshot is to be made of a height. */
  boolean due(long height) {
    return interval > 0 && height % interval == 0;
  }
}
