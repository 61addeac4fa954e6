package io.segue.bundles.consensus.comet.abci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.consensus.comet.proto.Request;
import io.segue.kernel.api.abci.Abci.ExtendVoteRequest;
import io.segue.kernel.api.abci.Abci.ExtendedVoteInfo;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import io.segue.kernel.api.abci.Abci.PrepareProposalRequest;
import io.segue.kernel.api.abci.Abci.VerifyVoteExtensionRequest;
import io.segue.kernel.api.abci.Abci.VoteInfo;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What blocks and votes say of validators, from bytes that CometBFT v0.38's Go types write. */
class RequestsTest {
  private static final String ADDRESS = "7e1b2d6a17db121dd45c96befbdca65eb21b7075";

  /** FinalizeBlock of height 16: two votes in round 1, and evidence of a double vote at 14. */
  private static final String FINALIZE_BLOCK =
      "a20175123f0801121c0a180a147e1b2d6a17db121dd45c96befbdca65eb21b707518021802121d0a"
          + "190a14111b2d6a17db121dd45c96befbdca65eb21b707518ac0218011a30080112190a147e1b2d6a"
          + "17db121dd45c96befbdca65eb21b707518ac02180e220c08d48387d8061087aba7a60328ae022810";

  /** ExtendVote for block 16 with one transaction and one vote in round 1. */
  private static final String EXTEND_VOTE =
      "9201530a02aabb10101a0c08d48387d8061087aba7a603220201022a200801121c0a180a147e1b2d6a17db12"
          + "1dd45c96befbdca65eb21b7075180218023a010342147e1b2d6a17db121dd45c96befbdca65eb21b7075";

  /** VerifyVoteExtension of "seven", for block 16. */
  private static final String VERIFY_VOTE_EXTENSION =
      "9a01230a02aabb12147e1b2d6a17db121dd45c96befbdca65eb21b707518102205736576656e";

  /** PrepareProposal of block 17: one vote with an extension, and one validator without. */
  private static final String PREPARE_PROPOSAL =
      "82017908e807120201021a4a080112270a180a147e1b2d6a17db121dd45c96befbdca65eb21b707518021a05"
          + "736576656e220209082802121d0a190a14111b2d6a17db121dd45c96befbdca65eb21b707518ac022801"
          + "2811320c08d48387d8061087aba7a60342147e1b2d6a17db121dd45c96befbdca65eb21b7075";

  @Test
  void readsABlockToVoteFor() throws Exception {
    ExtendVoteRequest request = Requests.extendVote(parse(EXTEND_VOTE).getExtendVote());
    assertThat(request.hash()).containsExactly(0xaa, 0xbb);
    assertThat(request.height()).isEqualTo(16);
    assertThat(request.time()).isEqualTo(Instant.ofEpochSecond(1795277268, 885642631));
    assertThat(request.txs()).containsExactly(new byte[] {1, 2});
    assertThat(request.proposedLastCommit().votes())
        .extracting(VoteInfo::power, VoteInfo::signed)
        .containsExactly(tuple(2L, true));
    assertThat(HexFormat.of().formatHex(request.proposerAddress())).isEqualTo(ADDRESS);
  }

  @Test
  void readsTheExtensionOfAVote() throws Exception {
    VerifyVoteExtensionRequest request =
        Requests.verifyVoteExtension(parse(VERIFY_VOTE_EXTENSION).getVerifyVoteExtension());
    assertThat(request.hash()).containsExactly(0xaa, 0xbb);
    assertThat(request.height()).isEqualTo(16);
    assertThat(HexFormat.of().formatHex(request.validatorAddress())).isEqualTo(ADDRESS);
    assertThat(request.voteExtension()).asString().isEqualTo("seven");
  }

  @Test
  void readsTheExtensionsThatAProposerHas() throws Exception {
    PrepareProposalRequest request =
        Requests.prepareProposal(parse(PREPARE_PROPOSAL).getPrepareProposal());
    assertThat(request.localLastCommit().round()).isEqualTo(1);
    assertThat(request.localLastCommit().votes())
        .extracting(
            ExtendedVoteInfo::power,
            vote -> new String(vote.voteExtension(), StandardCharsets.US_ASCII),
            vote -> HexFormat.of().formatHex(vote.extensionSignature()))
        .containsExactly(tuple(2L, "seven", "0908"), tuple(300L, "", ""));
    assertThat(request.localLastCommit().withoutExtensions().votes())
        .extracting(VoteInfo::power, VoteInfo::signed)
        .containsExactly(tuple(2L, true), tuple(300L, false));
  }

  @Test
  void readsVotesAndEvidence() throws Exception {
    FinalizeBlockRequest request = Requests.finalizeBlock(parse(FINALIZE_BLOCK).getFinalizeBlock());
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

  private static Request parse(String hex) throws InvalidProtocolBufferException {
    return Request.parseFrom(HexFormat.of().parseHex(hex));
  }
}
