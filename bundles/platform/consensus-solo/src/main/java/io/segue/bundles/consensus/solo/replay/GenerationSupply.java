package io.segue.bundles.consensus.solo.replay;

import io.segue.bundles.consensus.solo.blockfile.BlockFileItem;
import java.util.Optional;
import java.util.SortedMap;

/** The node that replays, as far as its generations go; called on the replay's thread. */
interface GenerationSupply {
  /** Sees to it that a generation is ready before its first block; asked again until it does. */
  Answer bring(BlockFileItem.Generation wanted);

  /** Why the node holds a block; empty where it does not. */
  Optional<String> heldFor();

  /** Roots of the stores at a committed height, hex, by name. */
  SortedMap<String, String> roots(long height);

  /**
   * How far a generation is.
   *
   * @param what what is missing and what to do; empty where nothing is
   */
  record Answer(Progress progress, String what) {
    static final Answer READY = new Answer(Progress.READY, "");
    static final Answer WORKING = new Answer(Progress.WORKING, "");

    static Answer missing(String what) {
      return new Answer(Progress.MISSING, what);
    }
  }

  /** See {@link Answer}. */
  enum Progress {
    READY,
    WORKING,
    MISSING
  }
}
