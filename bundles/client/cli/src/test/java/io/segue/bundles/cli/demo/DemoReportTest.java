package io.segue.bundles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class DemoReportTest {
  @Test
  void doesNotCountTheWaitForBundlesAsPause() {
    assertThat(report(4_000, 4_500).json().path("pauseMs").asDouble()).isEqualTo(1_500);
    assertThat(report(5_250, 4_500).json().path("pauseMs").asDouble()).isEqualTo(1_250);
    assertThat(report(5_250, 4_500).json().path("waitedForBundlesMs").asDouble()).isEqualTo(250);
  }

  /** The plan's height is due 5 s after it was scheduled; the pause is 1.5 s. */
  private static DemoReport report(long readyMs, long fetchedMs) {
    ObjectNode upgrade = Output.object().put("pauseMs", 1_500);
    upgrade
        .putObject("timelineMs")
        .put("scheduled", 0)
        .put("fetched", Math.min(fetchedMs, readyMs))
        .put("ready", readyMs)
        .put("due", 5_000)
        .put("loaded", 5_500)
        .put("handled", 5_600)
        .put("applied", 5_700)
        .put("firstBlock", 6_500);
    return new DemoReport(
        Output.object(),
        Output.object(),
        upgrade,
        UpgradeTimeline.of(upgrade),
        9,
        0,
        0,
        0,
        0,
        BigInteger.ZERO,
        0,
        List.of());
  }
}
