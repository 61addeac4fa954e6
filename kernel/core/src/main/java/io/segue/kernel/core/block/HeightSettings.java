package io.segue.kernel.core.block;

import io.segue.kernel.api.upgrade.Plan;
import java.time.Instant;
import java.util.Set;

/**
 * What the operator sets about heights, as the Cosmos SDK has it; it may change while the node
 * runs.
 *
 * @param skipHeights heights whose plan is skipped: it ends, and its block runs on the old code.
 *     All validators have to skip it, or the chain forks
 * @param haltHeight the last height that is executed; 0 for no such height, below 0 where that is
 *     not known
 * @param haltTimeS no block of this time, in seconds since the epoch, or a later one is executed; 0
 *     for no such time
 */
public record HeightSettings(Set<Long> skipHeights, long haltHeight, long haltTimeS) {
  /** Nothing is skipped and nothing halts. */
  public static final HeightSettings NONE = new HeightSettings(Set.of(), 0, 0);

  /** What the operator wants can't be read, so that nothing may be executed. */
  public static final HeightSettings UNKNOWN = new HeightSettings(Set.of(), -1, 0);

  /** Whether a plan that is due in a block is skipped. */
  boolean skips(Plan plan, long height) {
    return skipHeights.contains(height) || skipHeights.contains(plan.height());
  }

  /** Whether it is not known which blocks may be executed. */
  boolean isUnknown() {
    return haltHeight < 0;
  }

  /** Whether a block is not to be executed. */
  boolean halts(long height, Instant time) {
    return isUnknown()
        || (haltHeight > 0 && height > haltHeight)
        || (haltTimeS > 0 && time.getEpochSecond() >= haltTimeS);
  }
}
