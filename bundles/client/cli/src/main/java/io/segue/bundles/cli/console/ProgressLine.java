package io.segue.bundles.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells how far a long walk over heights is, every two seconds: rate, and time that is left. */
public final class ProgressLine {
  /** Between two lines. */
  static final Duration INTERVAL = Duration.ofSeconds(2);

  private final PrintWriter out;
  private final String what;
  private final LongSupplier clockNs;
  private long lastNs;
  private long lastHeight = -1;
  private long lastTxs;

  /**
   * @param what what is done with a block, as {@code replayed}
   */
  public ProgressLine(PrintWriter out, String what) {
    this(out, what, System::nanoTime);
  }

  ProgressLine(PrintWriter out, String what, LongSupplier clockNs) {
    this.out = out;
    this.what = what;
    this.clockNs = clockNs;
  }

  /**
   * A height is done.
   *
   * @param txs transactions so far; 0 where they are not counted
   */
  public void at(long height, long last, long txs) {
    long nowNs = clockNs.getAsLong();
    if (lastHeight < 0) {
      remember(nowNs, height, txs);
      return;
    }
    if (nowNs - lastNs < INTERVAL.toNanos()) {
      return;
    }
    double seconds = (nowNs - lastNs) / 1e9;
    double blocks = (height - lastHeight) / seconds;
    String rate = String.format(Locale.ROOT, "%.0f blocks/s", blocks);
    if (txs > 0) {
      rate += String.format(Locale.ROOT, ", %.0f tx/s", (txs - lastTxs) / seconds);
    }
    out.printf(
        Locale.ROOT,
        "%s %d of %d, %s, %s left%n",
        what,
        height,
        last,
        rate,
        blocks > 0 ? text(Duration.ofSeconds((long) ((last - height) / blocks))) : "unknown time");
    out.flush();
    remember(nowNs, height, txs);
  }

  private void remember(long nowNs, long height, long txs) {
    lastNs = nowNs;
    lastHeight = height;
    lastTxs = txs;
  }

  private static String text(Duration time) {
    long hours = time.toHours();
    return hours > 0
        ? hours + " h " + time.toMinutesPart() + " min"
        : time.toMinutes() > 0
            ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
            : time.toSeconds() + " s";
  }
}
