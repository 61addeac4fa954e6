package io.segue.kernel.core.upgrade;

import java.util.Locale;

/**
 * How far the load of one store is.
 *
 * @param what what is done, as {@code rewriting store bank}
 * @param done entries taken so far, those before a restart included
 * @param total entries to take; 0 where nobody knows
 * @param bytes bytes of keys and values taken
 * @param since entries that were taken before this process began
 * @param elapsedNs since this process began
 * @param completed how much of the sorting and the tree is done, from 0 to 1; 0 before all entries
 *     are taken
 */
public record LoadProgress(
    String what, long done, long total, long bytes, long since, long elapsedNs, double completed) {
  @Override
  public String toString() {
    double perSecond = (done - since) / (Math.max(elapsedNs, 1) / 1e9);
    if (completed > 0) {
      return String.format(
          Locale.ROOT,
          "%s: all %,d entries taken, %,d bytes; sorting and tree %.0f %% done",
          what,
          done,
          bytes,
          100 * completed);
    }
    String text =
        String.format(
            Locale.ROOT,
            "%s: %,d%s entries, %,d bytes, %,.0f entries/s",
            what,
            done,
            total == 0 ? "" : String.format(Locale.ROOT, " of %,d", total),
            bytes,
            perSecond);
    return total == 0 || perSecond == 0
        ? text
        : text + String.format(Locale.ROOT, ", %.1f s left", (total - done) / perSecond);
  }
}
