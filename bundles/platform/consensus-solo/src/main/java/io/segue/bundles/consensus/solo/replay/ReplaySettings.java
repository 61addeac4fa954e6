package io.segue.bundles.consensus.solo.replay;

/** Settings of a replay, from {@code etc/io.segue.consensus.replay.cfg}; absent on other nodes. */
public @interface ReplaySettings {
  /** The block file. */
  String blocks();

  /** The folder with the artifacts of upgrades. */
  String bundles();

  /** Where the replay tells how far it is. */
  String report();
}
