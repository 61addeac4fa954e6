package io.segue.bundles.sidecar.fetch;

import io.segue.kernel.api.upgrade.SidecarException;
import java.util.function.LongSupplier;

/**
 * Whether a download is quick enough: a server that sends a byte now and then would keep the
 * sidecar for ever. One thread.
 */
final class Pace {
  private static final long NS_PER_MS = 1_000_000;

  private final FetchRules rules;
  private final LongSupplier clockNs;
  private final long startNs;
  private long windowNs;
  private long windowBytes;

  /** Begins now. */
  Pace(FetchRules rules, LongSupplier clockNs) {
    this.rules = rules;
    this.clockNs = clockNs;
    this.startNs = clockNs.getAsLong();
    this.windowNs = startNs;
  }

  /** Begins to measure the rate, with so many bytes there. */
  void begin(long doneBytes) {
    windowNs = clockNs.getAsLong();
    windowBytes = doneBytes;
  }

  /**
   * Checks a download that has come so far.
   *
   * @throws SidecarException to be tried again, where it takes too long or is too slow
   */
  void require(String url, long doneBytes) throws SidecarException {
    long nowNs = clockNs.getAsLong();
    if (leftMs(nowNs) <= 0) {
      throw tooSlow(
          url, doneBytes, "it took longer than downloadTimeoutMs = " + rules.downloadTimeoutMs);
    }
    long windowMs = (nowNs - windowNs) / NS_PER_MS;
    if (windowMs < rules.rateWindowMs) {
      return;
    }
    long bytesPerSecond = (doneBytes - windowBytes) * 1_000 / windowMs;
    if (bytesPerSecond < rules.minBytesPerSecond) {
      throw tooSlow(
          url,
          doneBytes,
          "%d bytes came in a second, less than minBytesPerSecond = %d"
              .formatted(bytesPerSecond, rules.minBytesPerSecond));
    }
    windowNs = nowNs;
    windowBytes = doneBytes;
  }

  /** How long a server may be silent now; at least 1. */
  int silenceMs() {
    return (int) Math.max(1, Math.min(rules.readTimeoutMs, leftMs(clockNs.getAsLong())));
  }

  private long leftMs(long nowNs) {
    return rules.downloadTimeoutMs - (nowNs - startNs) / NS_PER_MS;
  }

  private static SidecarException tooSlow(String url, long doneBytes, String why) {
    return new SidecarException(
        "%s (after %d bytes) is not fetched: %s. Next: it is tried again; check the network and the"
                .formatted(url, doneBytes, why)
            + " server, lower the limit in "
            + FetchRules.FILE
            + ", or deploy it by hand: upgrade:deploy <file>",
        true,
        null);
  }
}
