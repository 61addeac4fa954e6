package io.segue.kernel.core.block;

import java.util.Arrays;

/**
 * Measures the gaps between commits, so that the pause of an upgrade can be told from the usual
 * gap. Block thread only.
 */
final class CommitClock {
  /** Gaps that make up the usual one. */
  private static final int GAPS = 9;

  private final long[] gapsNs = new long[GAPS];
  private int count;
  private long lastNs = -1;

  /**
   * A commit happened.
   *
   * @return the gap to the commit before less the usual gap (the median of those before), in
   *     milliseconds, at least 0; 0 for the first two commits
   */
  double commit(long nowNs) {
    double pauseMs = 0;
    if (lastNs >= 0) {
      long gapNs = nowNs - lastNs;
      if (count > 0) {
        pauseMs = Math.max(0, gapNs - medianNs()) / 1e6;
      }
      gapsNs[count++ % GAPS] = gapNs;
    }
    lastNs = nowNs;
    return pauseMs;
  }

  private long medianNs() {
    long[] sorted = Arrays.copyOf(gapsNs, Math.min(count, GAPS));
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
