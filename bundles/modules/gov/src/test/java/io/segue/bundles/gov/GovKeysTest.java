package io.segue.bundles.gov;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GovKeysTest {
  private static final byte[] ADDRESS =
      HexFormat.of().parseHex("28ff5c6d57d8cfd492b6fb42614536ed648e01fd");

  @Test
  void aProposalStandsWhereTheSdkHasIt() {
    assertThat(GovKeys.proposal(40)).asHexString().isEqualToIgnoringCase("000000000000000028");
  }

  @Test
  void aDepositsKeyNamesProposalAndDepositor() {
    assertThat(hex(GovKeys.row(GovKeys.DEPOSITS, 40, ADDRESS)))
        .isEqualTo("100000000000000028" + "14" + "28ff5c6d57d8cfd492b6fb42614536ed648e01fd");
  }

  @Test
  void aQueuesKeyHoldsTheEndAsText() {
    Instant end = Instant.parse("2026-11-23T21:27:35.132737504Z");
    assertThat(new String(GovKeys.queuedUntil(GovKeys.VOTING_QUEUE, end), 1, 29, US_ASCII))
        .isEqualTo("2026-11-23T21:27:35.132737504");
    assertThat(GovKeys.queued(GovKeys.VOTING_QUEUE, end, 7)).hasSize(1 + 29 + 8);
  }

  @Test
  void theOrderOfKeysIsTheOrderOfTime() {
    Instant[] times = {
      Instant.parse("1970-01-01T00:00:00Z"),
      Instant.parse("2025-12-31T23:59:59.999999999Z"),
      Instant.parse("2026-01-01T00:00:00Z"),
      Instant.parse("2026-01-01T00:00:00.000000001Z"),
      Instant.parse("2318-05-04T03:02:01Z")
    };
    for (int i = 1; i < times.length; i++) {
      assertThat(
              Arrays.compareUnsigned(
                  GovKeys.queued(GovKeys.DEPOSIT_QUEUE, times[i - 1], 9),
                  GovKeys.queued(GovKeys.DEPOSIT_QUEUE, times[i], 1)))
          .as("%s before %s", times[i - 1], times[i])
          .isNegative();
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
