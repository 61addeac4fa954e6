package io.segue.kernel.api.guard;

import java.util.Arrays;

/**
 * What the code of generations that runs on one thread uses, and what was used where the kernel or
 * Java's class initialisation came in between. Thread safety: its thread.
 */
public final class GuardState {
  /** Methods of bundles that are being executed. */
  int depth;

  /** Bytes that were made at once and are added up. */
  private long bytes;

  private int level;
  private int[] depths = new int[16];
  private long[] sums = new long[16];

  GuardState() {}

  /** Methods of bundles that are being executed. */
  public int depth() {
    return depth;
  }

  /** The method returns for which {@link Guard#enter} gave this {@link #depth}. */
  public void leave(int entered) {
    depth = entered - 1;
  }

  /** It handles an exception, of whatever it called. */
  public void caught(int entered) {
    depth = entered;
  }

  /**
   * Starts to count bytes from none.
   *
   * @param ownDepth the depth that it starts from
   * @return for {@link #close}
   */
  int open(int ownDepth) {
    int opened = level++;
    if (opened == depths.length) {
      depths = Arrays.copyOf(depths, 2 * opened);
      sums = Arrays.copyOf(sums, 2 * opened);
    }
    depths[opened] = depth;
    sums[opened] = bytes;
    depth = ownDepth;
    bytes = 0;
    return opened;
  }

  /** Whether nothing is open. */
  boolean isIdle() {
    return level == 0;
  }

  /** Goes on with what was before; whatever was opened later and was left by an error goes too. */
  void close(int opened) {
    level = opened;
    depth = depths[opened];
    bytes = sums[opened];
  }

  /** Counts bytes from none. */
  void restart() {
    bytes = 0;
  }

  /**
   * Adds bytes.
   *
   * @return whether they are within the limit
   */
  boolean add(long more) {
    bytes += more;
    return bytes <= GuardLimits.BYTES_IN_ALL;
  }
}
