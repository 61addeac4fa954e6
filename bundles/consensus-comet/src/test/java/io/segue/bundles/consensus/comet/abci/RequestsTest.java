package io.segue.bundles.consensus.comet.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What a block says of validators, from the bytes of the protocol of CometBFT v0.38. */
class RequestsTest {
  private static final String ADDRESS = "7e1b2d6a17db121dd45c96befbdca65eb21b7075";

  /** FinalizeBlock of height 16: two votes in round 1, and evidence of a double vote at 14. */
  private static final String FINALIZE_BLOCK =
      "a20175123f0801121c0a180a147e1b2d6a17db121dd45c96befbdca65eb21b707518021802121d0a"
          + "190a14111b2d6a17db121dd45c96befbdca65eb21b707518ac0218011a30080112190a147e1b2d6a"
          + "17db121dd45c96befbdca65eb21b707518ac02180e220c08d48387d8061087aba7a60328ae022810";

  @Test
  void readsVotesAndEvidence() throws Exception {
    byte[] bytes = HexFormat.of().parseHex(FINALIZE_BLOCK);
    FinalizeBlockRequest request =
        Requests.finalizeBlock(Request.parseFrom(bytes).getFinalizeBlock());
    assertThat(request.height()).isEqualTo(16);
    assertThat(request.decidedLastCommit().round()).isEqualTo(1);
    assertThat(request.decidedLastCommit().votes())
        .extracting(VoteInfo::power, VoteInfo::signed)
        .containsExactly(tuple(2L, true), tuple(300L, false));
    assertThat(request.misbehavior()).hasSize(1);
    Misbehavior evidence = request.misbehavior().get(0);
    assertThat(evidence.type()).isEqualTo(Misbehavior.DUPLICATE_VOTE);
    assertThat(HexFormat.of().formatHex(evidence.validatorAddress())).isEqualTo(ADDRESS);
    assertThat(evidence.power()).isEqualTo(300);
    assertThat(evidence.height()).isEqualTo(14);
    assertThat(evidence.time()).isEqualTo(Instant.ofEpochSecond(1795277268, 885642631));
    assertThat(evidence.totalPower()).isEqualTo(302);
  }
}
