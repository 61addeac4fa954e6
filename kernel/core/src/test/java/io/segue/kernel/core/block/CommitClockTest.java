package io.segue.kernel.core.block;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CommitClockTest {
  private static final long MS = 1_000_000;

  private final CommitClock clock = new CommitClock();

  @Test
  void knowsNoPauseBeforeItKnowsAGap() {
    assertThat(clock.commit(1_000 * MS)).isZero();
    assertThat(clock.commit(9_000 * MS)).isZero();
  }

  @Test
  void tellsAPauseLessTheUsualGap() {
    long now = 0;
    for (int i = 0; i < 20; i++) {
      clock.commit(now);
      now += 500 * MS;
    }
    assertThat(clock.commit(now + 85 * MS)).isEqualTo(85);
  }

  @Test
  void takesAShortGapForNoPause() {
    clock.commit(0);
    clock.commit(500 * MS);
    assertThat(clock.commit(900 * MS)).isZero();
  }
}
