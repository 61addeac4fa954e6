package io.segue.bundles.consensus.solo.store;

/** How many rows a search may still read. */
final class RowBudget {
  private final long limit;
  private long used;

  RowBudget(long limit) {
    this.limit = limit;
  }

  /** Reads one more row. */
  void take() {
    if (++used > limit) {
      throw new IllegalArgumentException(
          "the search would read more than "
              + limit
              + " rows of the index; narrow it, for example by tx.height");
    }
  }
}
