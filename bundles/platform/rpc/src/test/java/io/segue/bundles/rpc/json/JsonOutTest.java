package io.segue.bundles.rpc.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonOutTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T21:13:14.98546639Z",
        "2026-11-23T21:13:14.000000001Z",
        "2026-11-23T21:13:14Z",
        "2026-11-23T21:13:14.5Z",
        "0001-01-01T00:00:00Z"
      })
  void writesTimesWithoutTrailingZeros(String time) {
    assertThat(JsonOut.rfc3339(Instant.parse(time))).isEqualTo(time);
  }
}
