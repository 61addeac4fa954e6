package io.segue.bundles.sidecar.build;

import io.segue.kernel.api.upgrade.SidecarException;

/** When a build has to be done. Asked from every place that can stop in time; any thread. */
final class BuildDeadline {
  private final String what;
  private final int timeoutMs;
  private final long endNs;

  /** Begins now. */
  BuildDeadline(String what, int timeoutMs) {
    this.what = what;
    this.timeoutMs = timeoutMs;
    this.endNs = System.nanoTime() + timeoutMs * 1_000_000L;
  }

  boolean passed() {
    return System.nanoTime() - endNs >= 0;
  }

  /** Milliseconds that are left; at least 1. */
  long leftMs() {
    return Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
  }

  /** The refusal of a build that took too long. */
  SidecarException exceeded() {
    return BuildRules.tooMuch(what, "it takes too long", "timeoutMs", timeoutMs);
  }
}
