package io.segue.bundles.consensus.solo.store;

/** Rows of one condition in ascending order of height. Used by one thread, then closed. */
interface RowStream extends AutoCloseable {
  /** {@link #height} after the last row. */
  long END = Long.MAX_VALUE;

  /** Moves to the first row of {@code height} or above, never back, and returns its height. */
  long seek(long height);

  /** Height of the present row; {@link #END} after the last. */
  long height();

  /** Entries of the present row, as {@link Postings} has them, ascending. */
  long[] entries();

  @Override
  void close();
}
