package io.segue.bundles.gov;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import io.segue.bundles.sdk.proto.consensus.MsgUpdateParams;
import io.segue.bundles.sdk.proto.types.ABCIParams;
import io.segue.bundles.sdk.proto.types.BlockParams;
import io.segue.bundles.sdk.proto.types.EvidenceParams;
import io.segue.bundles.sdk.proto.types.ValidatorParams;
import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.testkit.modules.PlainTx;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What governance may change of the consensus parameters. */
class ConsensusParamsHandlerTest {
  private final GovChain chain = GovChain.started();

  @AfterEach
  void close() {
    chain.close();
  }

  @Test
  void changesEachGroupAndTellsTheEngine() {
    ConsensusParams told =
        execute(
                message(
                    m -> {
                      m.getBlockBuilder().setMaxBytes(2_000_000).setMaxGas(30_000_000);
                      m.getEvidenceBuilder()
                          .setMaxAgeNumBlocks(50)
                          .setMaxAgeDuration(Duration.newBuilder().setSeconds(60).setNanos(5))
                          .setMaxBytes(20_000);
                      m.setAbci(ABCIParams.newBuilder().setVoteExtensionsEnableHeight(1_000));
                    }))
            .orElseThrow();
    assertThat(told.block().orElseThrow().maxBytes()).isEqualTo(2_000_000);
    assertThat(told.block().orElseThrow().maxGas()).isEqualTo(30_000_000);
    assertThat(told.evidence().orElseThrow().maxAgeNumBlocks()).isEqualTo(50);
    assertThat(told.evidence().orElseThrow().maxAgeDuration())
        .isEqualTo(java.time.Duration.ofSeconds(60, 5));
    assertThat(told.abci()).contains(new AbciParams(1_000));
    assertThat(told.validator()).as("unchanged").isEmpty();
    assertThat(told.version()).isEmpty();
  }

  @Test
  void isNothingForTheEngineWhereNothingChanges() {
    assertThat(execute(message(m -> {}))).isEmpty();
  }

  @Test
  void isForGovernanceOnly() {
    refuses(m -> m.setAuthority(GovChain.A), "expected gov account as only signer");
  }

  @Test
  void wantsWholeGroups() {
    refuses(MsgUpdateParams.Builder::clearBlock, "block, evidence and validator must be there");
    refuses(MsgUpdateParams.Builder::clearEvidence, "block, evidence and validator must be there");
    refuses(MsgUpdateParams.Builder::clearValidator, "block, evidence and validator must be there");
  }

  @ParameterizedTest
  @CsvSource({
    "0,block.max_bytes",
    "-2,block.max_bytes",
    "131071,block.max_bytes",
    "104857601,block.max_bytes",
    "1179647,evidence.max_bytes", // the evidence of the default, and room for the votes
  })
  void refusesBlocksOfASize(long bytes, String parameter) {
    refuses(m -> m.getBlockBuilder().setMaxBytes(bytes), "consensus parameter " + parameter);
  }

  @Test
  void refusesWhatCometBftCantTake() {
    refuses(m -> m.getBlockBuilder().setMaxGas(-2), "block.max_gas is -2");
    refuses(m -> m.getBlockBuilder().setMaxGas(0), "block.max_gas is 0");
    refuses(m -> m.getEvidenceBuilder().setMaxAgeNumBlocks(0), "evidence.max_age_num_blocks is 0");
    refuses(m -> m.getEvidenceBuilder().setMaxBytes(-1), "evidence.max_bytes is -1");
    refuses(
        m -> m.getEvidenceBuilder().setMaxBytes(22_020_096 - ConsensusBounds.MIN_BLOCK_BYTES + 1),
        "so that a block full of evidence has room for its votes");
    refusesAge(Duration.newBuilder().setSeconds(-1));
    refusesAge(Duration.newBuilder().setSeconds(1).setNanos(-1));
    refusesAge(Duration.newBuilder().setSeconds(1).setNanos(2_000_000_000));
    refusesAge(Duration.newBuilder().setSeconds(9_223_372_037L));
    refusesAge(Duration.newBuilder().setSeconds(Long.MAX_VALUE).setNanos(999_999_999));
    refuses(m -> m.getValidatorBuilder().clearPubKeyTypes(), "validator.pub_key_types is []");
    refuses(m -> m.getValidatorBuilder().addPubKeyTypes("secp256k1"), "validator.pub_key_types");
    refuses(m -> m.getAbciBuilder().setVoteExtensionsEnableHeight(-1), "a height");
    refuses(m -> m.getAbciBuilder().setVoteExtensionsEnableHeight(1), "a height above");
  }

  private void refusesAge(Duration.Builder age) {
    refuses(m -> m.getEvidenceBuilder().setMaxAgeDuration(age), "evidence.max_age_duration");
  }

  private void refuses(Consumer<MsgUpdateParams.Builder> change, String why) {
    FinalizeBlockResponse block = block(message(change));
    ExecTxResult result = block.txResults().get(0);
    assertThat(result.code()).isNotZero();
    assertThat(result.log()).contains(why).doesNotContain("panic");
    assertThat(block.consensusParamUpdates()).isEmpty();
  }

  private Optional<ConsensusParams> execute(MsgUpdateParams message) {
    FinalizeBlockResponse block = block(message);
    assertThat(block.txResults().get(0).log()).isEmpty();
    return block.consensusParamUpdates();
  }

  /** Handlers ask for no signature here: it is the message of a proposal that has passed. */
  private FinalizeBlockResponse block(MsgUpdateParams message) {
    return chain
        .chain()
        .block(PlainTx.of("/cosmos.consensus.v1.MsgUpdateParams", message.toByteArray()));
  }

  /** The defaults of the chain, changed. */
  private static MsgUpdateParams message(Consumer<MsgUpdateParams.Builder> change) {
    MsgUpdateParams.Builder message =
        MsgUpdateParams.newBuilder()
            .setAuthority(GovChain.GOV)
            .setBlock(BlockParams.newBuilder().setMaxBytes(22_020_096).setMaxGas(-1))
            .setEvidence(
                EvidenceParams.newBuilder()
                    .setMaxAgeNumBlocks(100_000)
                    .setMaxAgeDuration(Duration.newBuilder().setSeconds(172_800))
                    .setMaxBytes(1_048_576))
            .setValidator(ValidatorParams.newBuilder().addPubKeyTypes("ed25519"));
    change.accept(message);
    return message.build();
  }
}
