package io.segue.bundles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import org.junit.jupiter.api.Test;

class UpgradeTimelineTest {
  @Test
  void countsFromTheMomentThePlanWasScheduled() {
    UpgradeTimeline timeline =
        UpgradeTimeline.of(status(1000, 1100, 1200, 5000, 5010, 5020, 5030, 5530));
    assertThat(timeline.stepMs())
        .containsEntry("fetched", 100L)
        .containsEntry("applied", 4030L)
        .containsEntry("firstBlock", 4530L);
    assertThat(timeline.complete()).isTrue();
    assertThat(timeline.waitedMs()).isZero();
  }

  @Test
  void isNotCompleteWithoutEveryStep() {
    assertThat(UpgradeTimeline.of(status(1000, 1100, 1200)).complete()).isFalse();
  }

  @Test
  void isNotCompleteOutOfOrder() {
    assertThat(
            UpgradeTimeline.of(status(1000, 1100, 1050, 5000, 5010, 5020, 5030, 5530)).complete())
        .isFalse();
  }

  @Test
  void isCompleteWhereTheNodeGotReadyLateAndTellsItInTime() {
    UpgradeTimeline late =
        UpgradeTimeline.of(status(1000, 1100, 6000, 5000, 6010, 6020, 6030, 6530));
    assertThat(late.complete()).isTrue();
    assertThat(late.stepMs().keySet())
        .containsExactly("fetched", "due", "ready", "loaded", "handled", "applied", "firstBlock");
    assertThat(late.waitedMs()).isEqualTo(1000);
  }

  @Test
  void isNotCompleteWhereItLoadedWhatWasNotReady() {
    assertThat(
            UpgradeTimeline.of(status(1000, 1100, 6000, 5000, 5010, 5020, 5030, 5530)).complete())
        .isFalse();
  }

  private static ObjectNode status(long scheduled, long... steps) {
    ObjectNode status = Output.object();
    ObjectNode at = status.putObject("timelineMs").put("scheduled", scheduled);
    for (int i = 0; i < steps.length; i++) {
      at.put(UpgradeTimeline.STEPS.get(i), steps[i]);
    }
    return status;
  }
}
