package io.segue.bundles.store.rocksdb.database;

/**
 * Which heights are kept. The names and numbers are those of the Cosmos SDK 0.50.
 *
 * @param keepRecent how many heights can be read and proved at least, the last one included
 * @param interval how many more are gathered before they are pruned together
 */
public record Pruning(long keepRecent, long interval) {
  /** Three weeks of blocks of five seconds. */
  public static final Pruning DEFAULT = new Pruning(362_880, 10);

  /** Every height, for ever. */
  public static final Pruning NOTHING = new Pruning(Long.MAX_VALUE, 10);

  /** No more than it takes to go on. */
  public static final Pruning EVERYTHING = new Pruning(2, 10);

  /** Fewer heights can't be set: the one before the last is what a node rolls back to. */
  public static final long MIN_KEEP_RECENT = 2;

  /** More often can't be set. */
  public static final long MIN_INTERVAL = 10;

  /** Heights that one commit prunes at most, so that a changed setting makes no block wait. */
  static final long MAX_AT_ONCE = 256;

  /** These heights exactly, pruned with each commit: for tests. */
  public static Pruning exactly(long heights) {
    return new Pruning(heights, 1);
  }

  /**
   * What an operator sets as {@code custom}.
   *
   * @throws IllegalArgumentException for what is too little
   */
  public static Pruning custom(long keepRecent, long interval) {
    check("pruning-keep-recent", keepRecent, MIN_KEEP_RECENT);
    check("pruning-interval", interval, MIN_INTERVAL);
    return new Pruning(keepRecent, interval);
  }

  private static void check(String name, long value, long min) {
    if (value < min) {
      throw new IllegalArgumentException(
          "the store's setting " + name + " is " + value + "; it must be at least " + min);
    }
  }

  /**
   * The oldest height to keep with a commit.
   *
   * @param oldest what it was before
   * @param height what is committed
   */
  public long oldest(long oldest, long height) {
    long target = height - keepRecent + 1;
    return target - oldest < interval ? oldest : Math.min(target, oldest + MAX_AT_ONCE);
  }
}
