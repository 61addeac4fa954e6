package io.segue.bundles.gov;

import io.segue.bundles.sdk.SdkErrors;
import io.segue.bundles.sdk.proto.consensus.MsgUpdateParams;
import io.segue.bundles.sdk.proto.types.ABCIParams;
import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.ModuleException;
import java.time.Duration;
import java.util.Optional;

/**
 * Governance changes the consensus parameters. They are the kernel's, which tells the engine; no
 * module has a store for them. What they may be is {@link ConsensusBounds}'s to say, by the
 * parameters in force: the message is checked when it is proposed and again when it is executed.
 */
final class ConsensusParamsHandler {
  private static final int NANOS_PER_SECOND = 1_000_000_000;

  private ConsensusParamsHandler() {}

  /** Carries a checked message out. */
  static void handle(Context context, MsgUpdateParams message) {
    context.updateConsensusParams(changes(message));
  }

  /**
   * Checks a message against the parameters in force.
   *
   * @throws ModuleException sdk/18
   */
  static void check(Context context, MsgUpdateParams message) {
    if (!message.hasBlock() || !message.hasEvidence() || !message.hasValidator()) {
      throw SdkErrors.invalidRequest(
          "block, evidence and validator must be there, each with all its members: a group replaces"
              + " the one in force as a whole");
    }
    try {
      ConsensusBounds.checkUpdate(context.consensusParams(), changes(message), context.height());
    } catch (IllegalArgumentException e) {
      throw SdkErrors.invalidRequest(String.valueOf(e.getMessage()));
    }
  }

  private static ConsensusParams changes(MsgUpdateParams message) {
    return new ConsensusParams(
        Optional.of(
            new BlockParams(message.getBlock().getMaxBytes(), message.getBlock().getMaxGas())),
        Optional.of(evidence(message.getEvidence())),
        Optional.of(new ValidatorParams(message.getValidator().getPubKeyTypesList())),
        Optional.empty(),
        Optional.of(message)
            .filter(MsgUpdateParams::hasAbci)
            .map(MsgUpdateParams::getAbci)
            .map(ABCIParams::getVoteExtensionsEnableHeight)
            .map(AbciParams::new));
  }

  private static EvidenceParams evidence(io.segue.bundles.sdk.proto.types.EvidenceParams params) {
    return new EvidenceParams(
        params.getMaxAgeNumBlocks(), age(params.getMaxAgeDuration()), params.getMaxBytes());
  }

  /** An age out of protobuf's range becomes one that is refused. */
  private static Duration age(com.google.protobuf.Duration age) {
    return age.getNanos() < 0 || age.getNanos() >= NANOS_PER_SECOND
        ? Duration.ZERO
        : Duration.ofSeconds(age.getSeconds(), age.getNanos());
  }
}
