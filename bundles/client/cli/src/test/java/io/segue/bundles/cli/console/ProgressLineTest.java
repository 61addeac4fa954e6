package io.segue.bundles.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final StringWriter text = new StringWriter();
  private long nowNs;
  private final ProgressLine line =
      new ProgressLine(new PrintWriter(text), "replayed", () -> nowNs);

  @Test
  void tellsRateAndTimeThatIsLeft() {
    line.at(0, 1_000_000, 0);
    passSeconds(1);
    line.at(100, 1_000_000, 10);
    assertThat(text.toString()).isEmpty();
    passSeconds(1);
    line.at(200, 1_000_000, 40);
    passSeconds(2);
    line.at(10_200, 1_000_000, 40);
    passSeconds(2);
    line.at(999_000, 1_000_000, 40);
    assertThat(text.toString().lines())
        .containsExactly(
            "replayed 200 of 1000000, 100 blocks/s, 20 tx/s, 2 h 46 min left",
            "replayed 10200 of 1000000, 5000 blocks/s, 0 tx/s, 3 min 17 s left",
            "replayed 999000 of 1000000, 494400 blocks/s, 0 tx/s, 0 s left");
  }

  @Test
  void saysThatTheTimeIsUnknownWhereNothingMoves() {
    line.at(5, 9, 0);
    passSeconds(3);
    line.at(5, 9, 0);
    assertThat(text.toString().strip()).isEqualTo("replayed 5 of 9, 0 blocks/s, unknown time left");
  }

  private void passSeconds(long seconds) {
    nowNs += TimeUnit.SECONDS.toNanos(seconds);
  }
}
