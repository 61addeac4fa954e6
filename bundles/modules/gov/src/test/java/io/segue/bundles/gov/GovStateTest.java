package io.segue.bundles.gov;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.gov.state.GovState;
import io.segue.bundles.sdk.state.Pair;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class GovStateTest {
  private static final byte[] ADDRESS =
      HexFormat.of().parseHex("28ff5c6d57d8cfd492b6fb42614536ed648e01fd");

  @Test
  void aDepositsKeyNamesProposalAndDepositor() {
    assertThat(GovState.BY_ACCOUNT.bytes(Pair.of(40L, ADDRESS)))
        .asHexString()
        .isEqualToIgnoringCase(
            "0000000000000028" + "14" + "28ff5c6d57d8cfd492b6fb42614536ed648e01fd");
  }

  @Test
  void aQueuesKeyHoldsTheEndAsText() {
    byte[] key = end("2026-11-23T21:27:35.132737504Z", 7);
    assertThat(new String(key, 0, 29, US_ASCII)).isEqualTo("2026-11-23T21:27:35.132737504");
    assertThat(key).hasSize(29 + 8);
  }

  @Test
  void theOrderOfKeysIsTheOrderOfTime() {
    String[] times = {
      "1970-01-01T00:00:00Z",
      "2025-12-31T23:59:59.999999999Z",
      "2026-01-01T00:00:00Z",
      "2026-01-01T00:00:00.000000001Z",
      "2318-05-04T03:02:01Z"
    };
    for (int i = 1; i < times.length; i++) {
      assertThat(Arrays.compareUnsigned(end(times[i - 1], 9), end(times[i], 1)))
          .as("%s before %s", times[i - 1], times[i])
          .isNegative();
    }
  }

  /** Also of messages whose types are those of other modules, or of none any more. */
  @Test
  void everyEntryHasWords() {
    GovModule module = new GovModule(GovChain.ADDRESSES);
    try (GovChain chain = GovChain.started()) {
      chain.succeed(GovChain.proposal("10stake", GovChain.upgradeTo("v2", 1000)).build());
      chain.succeed(GovChain.yes(GovChain.A, 1));
      chain.succeed(GovChain.proposal("1stake").setMetadata("m").build());

      chain
          .chain()
          .entries("gov")
          .forEach((key, value) -> assertThat(module.describe("gov", key, value)).isPresent());
      assertThat(module.describe("gov", new byte[] {3}, new byte[] {0, 0, 0, 0, 0, 0, 0, 3}))
          .contains("next_proposal_id = \"3\"");
    }
  }

  private static byte[] end(String time, long id) {
    return GovState.PERIOD_END.bytes(Pair.of(Instant.parse(time), id));
  }
}
