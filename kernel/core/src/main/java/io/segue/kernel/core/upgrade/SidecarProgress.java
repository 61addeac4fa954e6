package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.upgrade.Sidecar;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a sidecar's counts into one line of text, for status twice a second at most, and for the
 * log every ten seconds. Any thread, one at a time.
 */
final class SidecarProgress implements Sidecar.Progress {
  static final long SHOW_EVERY_MS = 500;
  static final long LOG_EVERY_MS = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(SidecarProgress.class);
  private static final double MIB = 1 << 20;

  private final String sidecar;
  private final Consumer<String> show;
  private final LongSupplier clockMs;
  private final long beginMs;
  private long firstBytes = -1;
  private long shownMs;
  private long loggedMs;

  SidecarProgress(String sidecar, Consumer<String> show, LongSupplier clockMs) {
    this.sidecar = sidecar;
    this.show = show;
    this.clockMs = clockMs;
    this.beginMs = clockMs.getAsLong();
    this.shownMs = beginMs - SHOW_EVERY_MS;
    this.loggedMs = beginMs;
  }

  @Override
  public synchronized void at(long doneBytes, long totalBytes) {
    long nowMs = clockMs.getAsLong();
    if (firstBytes < 0) {
      // What an earlier try left counts as done, but not into the rate.
      firstBytes = doneBytes;
    }
    boolean end = doneBytes == totalBytes;
    if (!end && nowMs - shownMs < SHOW_EVERY_MS) {
      return;
    }
    shownMs = nowMs;
    String text = text(doneBytes, totalBytes, nowMs - beginMs);
    show.accept(text);
    if (nowMs - loggedMs >= LOG_EVERY_MS) {
      loggedMs = nowMs;
      LOG.info("{}", text);
    }
  }

  private String text(long doneBytes, long totalBytes, long ms) {
    StringBuilder text = new StringBuilder("sidecar ").append(sidecar).append(": ");
    text.append(mib(doneBytes));
    if (totalBytes > 0) {
      text.append(" of ").append(mib(totalBytes));
      text.append(" (").append(100 * doneBytes / totalBytes).append(" %)");
    }
    long came = doneBytes - firstBytes;
    if (ms > 0 && came > 0) {
      double bytesPerMs = (double) came / ms;
      text.append(", ").append(mib((long) (bytesPerMs * 1_000))).append("/s");
      if (totalBytes > doneBytes) {
        long leftSeconds = (long) ((totalBytes - doneBytes) / bytesPerMs / 1_000);
        text.append(", ").append(leftSeconds).append(" s left");
      }
    }
    return text.toString();
  }

  private static String mib(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
  }
}
