package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.upgrade.Plan;
import org.junit.jupiter.api.Test;

class UpgradeRecordTest {
  @Test
  void tellsWhatHappenedInTheOrderOfTimeWhereTheBundlesCameLate() {
    UpgradeRecord record = new UpgradeRecord(new Plan("v2", 100, ""));
    record.stamp("scheduled", 1000);
    record.stamp("due", 5000);
    record.stamp("loaded", 6100);
    record.stamp("ready", 6000);

    assertThat(record.status(UpgradeState.values()[0], null).timelineMs().keySet())
        .containsExactly("scheduled", "due", "ready", "loaded");
  }
}
