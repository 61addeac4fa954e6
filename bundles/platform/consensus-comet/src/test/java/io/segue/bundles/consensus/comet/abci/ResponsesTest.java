package io.segue.bundles.consensus.comet.abci;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.comet.proto.Response;
import io.segue.bundles.consensus.comet.proto.ResponseFinalizeBlock;
import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExtendVoteResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ProposalStatus;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci.VersionParams;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Responses byte by byte, as CometBFT's own Go types write them. */
class ResponsesTest {
  private static final String KEY = "01".repeat(32);

  @Test
  void aValidatorIsWrittenForBothLines() throws Exception {
    io.segue.bundles.consensus.comet.proto.ValidatorUpdate update = Validators.write(update());
    assertThat(hex(update.toBuilder().clearPubKeyBytes().clearPubKeyType().build().toByteArray()))
        .as("v0.38")
        .isEqualTo("0a220a20" + KEY + "100a");
    assertThat(hex(update.toBuilder().clearPubKey().build().toByteArray()))
        .as("v1.0")
        .isEqualTo("100a1a20" + KEY + "220765643235353139");
  }

  @Test
  void aBlockTellsValidatorsAndAppVersion() throws Exception {
    ConsensusParams version =
        new ConsensusParams(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(new VersionParams(2)));
    byte[] appHash = new byte[32];
    Arrays.fill(appHash, (byte) 0xaa);
    Response response =
        Responses.finalizeBlock(
            new FinalizeBlockResponse(
                List.of(), List.of(), List.of(update()), Optional.of(version), appHash));
    ResponseFinalizeBlock.Builder block = response.getFinalizeBlock().toBuilder();
    block.getValidatorUpdatesBuilder(0).clearPubKeyBytes().clearPubKeyType();
    assertThat(hex(response.toBuilder().setFinalizeBlock(block).build().toByteArray()))
        .isEqualTo("aa01501a260a220a20" + KEY + "100a2204220208022a20" + "aa".repeat(32));
  }

  @Test
  void aCommitTellsWhatMayBeDeleted() {
    assertThat(hex(Responses.commit(new CommitResponse(100)).toByteArray())).isEqualTo("62021864");
  }

  @Test
  void aVoteTellsItsExtensionAndAVerdictItsStatus() {
    ExtendVoteResponse vote = new ExtendVoteResponse("seven".getBytes(StandardCharsets.US_ASCII));
    assertThat(hex(Responses.extendVote(vote).toByteArray())).isEqualTo("9a01070a05736576656e");
    assertThat(hex(Responses.verifyVoteExtension(ProposalStatus.ACCEPT).toByteArray()))
        .isEqualTo("a201020801");
    assertThat(hex(Responses.verifyVoteExtension(ProposalStatus.REJECT).toByteArray()))
        .isEqualTo("a201020802");
  }

  @Test
  void anExceptionIsItsText() {
    assertThat(hex(Responses.exception("UPGRADE \"v2\" NEEDED at height: 12").toByteArray()))
        .isEqualTo("0a230a21555047524144452022763222204e4545444544206174206865696768743a203132");
  }

  private static ValidatorUpdate update() {
    return new ValidatorUpdate("ed25519", HexFormat.of().parseHex(KEY), 10);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
