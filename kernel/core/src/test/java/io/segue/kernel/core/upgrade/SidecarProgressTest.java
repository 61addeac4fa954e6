package io.segue.kernel.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SidecarProgressTest {
  private static final long MIB = 1 << 20;

  private final List<String> shown = new ArrayList<>();
  private long nowMs = 1_000_000;
  private final SidecarProgress progress = new SidecarProgress("fetch", shown::add, () -> nowMs);

  @Test
  void saysHowMuchCameHowFastAndHowLongItStillTakes() {
    progress.at(0, 100 * MIB);
    nowMs += 2_000;
    progress.at(20 * MIB, 100 * MIB);

    assertThat(shown)
        .containsExactly(
            "sidecar fetch: 0.0 MiB of 100.0 MiB (0 %)",
            "sidecar fetch: 20.0 MiB of 100.0 MiB (20 %), 10.0 MiB/s, 8 s left");
  }

  @Test
  void countsWhatAnEarlierTryLeftAsDoneButNotIntoTheRate() {
    progress.at(50 * MIB, 100 * MIB);
    nowMs += 1_000;
    progress.at(60 * MIB, 100 * MIB);

    assertThat(shown.get(1))
        .isEqualTo("sidecar fetch: 60.0 MiB of 100.0 MiB (60 %), 10.0 MiB/s, 4 s left");
  }

  @Test
  void saysWhatItKnowsWhereTheWholeIsNotKnown() {
    progress.at(0, -1);
    nowMs += 1_000;
    progress.at(MIB, -1);

    assertThat(shown)
        .containsExactly("sidecar fetch: 0.0 MiB", "sidecar fetch: 1.0 MiB, 1.0 MiB/s");
  }

  @Test
  void showsNoMoreThanTwiceASecondButAlwaysTheEnd() {
    for (int i = 0; i < 100; i++) {
      progress.at(i, 100);
      nowMs += 10;
    }
    progress.at(100, 100);

    assertThat(shown).hasSize(3).last().asString().contains("(100 %)");
  }
}
