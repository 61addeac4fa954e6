package io.segue.bundles.consensus.comet.abci;

import com.google.protobuf.Duration;
import com.google.protobuf.Int64Value;
import io.segue.bundles.consensus.comet.proto.AbciParams;
import io.segue.bundles.consensus.comet.proto.BlockParams;
import io.segue.bundles.consensus.comet.proto.ConsensusParams;
import io.segue.bundles.consensus.comet.proto.EvidenceParams;
import io.segue.bundles.consensus.comet.proto.FeatureParams;
import io.segue.bundles.consensus.comet.proto.ValidatorParams;
import io.segue.bundles.consensus.comet.proto.VersionParams;
import io.segue.kernel.api.abci.Abci;
import java.util.Optional;

/**
 * Consensus parameters. From which height votes have extensions stands in {@code abci} of CometBFT
 * v0.38 and in {@code feature} of v1.0; both are read and written.
 */
final class ConsensusParamsCodec {
  private ConsensusParamsCodec() {}

  static Abci.ConsensusParams read(ConsensusParams params) {
    return new Abci.ConsensusParams(
        present(params.hasBlock(), params.getBlock()).map(ConsensusParamsCodec::read),
        present(params.hasEvidence(), params.getEvidence()).map(ConsensusParamsCodec::read),
        present(params.hasValidator(), params.getValidator())
            .map(validator -> new Abci.ValidatorParams(validator.getPubKeyTypesList())),
        present(params.hasVersion(), params.getVersion())
            .map(version -> new Abci.VersionParams(version.getApp())),
        extensions(params).map(Abci.AbciParams::new));
  }

  static ConsensusParams write(Abci.ConsensusParams params) {
    ConsensusParams.Builder out = ConsensusParams.newBuilder();
    params
        .block()
        .ifPresent(
            block ->
                out.setBlock(
                    BlockParams.newBuilder()
                        .setMaxBytes(block.maxBytes())
                        .setMaxGas(block.maxGas())));
    params.evidence().ifPresent(evidence -> out.setEvidence(write(evidence)));
    params
        .validator()
        .ifPresent(
            validator ->
                out.setValidator(
                    ValidatorParams.newBuilder().addAllPubKeyTypes(validator.pubKeyTypes())));
    params
        .version()
        .ifPresent(version -> out.setVersion(VersionParams.newBuilder().setApp(version.app())));
    params
        .abci()
        .map(Abci.AbciParams::voteExtensionsEnableHeight)
        .ifPresent(
            height ->
                out.setAbci(AbciParams.newBuilder().setVoteExtensionsEnableHeight(height))
                    .setFeature(
                        FeatureParams.newBuilder()
                            .setVoteExtensionsEnableHeight(Int64Value.of(height))));
    return out.build();
  }

  private static Abci.BlockParams read(BlockParams block) {
    return new Abci.BlockParams(block.getMaxBytes(), block.getMaxGas());
  }

  private static Abci.EvidenceParams read(EvidenceParams evidence) {
    Duration age = evidence.getMaxAgeDuration();
    return new Abci.EvidenceParams(
        evidence.getMaxAgeNumBlocks(),
        java.time.Duration.ofSeconds(age.getSeconds(), age.getNanos()),
        evidence.getMaxBytes());
  }

  private static EvidenceParams write(Abci.EvidenceParams evidence) {
    return EvidenceParams.newBuilder()
        .setMaxAgeNumBlocks(evidence.maxAgeNumBlocks())
        .setMaxAgeDuration(
            Duration.newBuilder()
                .setSeconds(evidence.maxAgeDuration().getSeconds())
                .setNanos(evidence.maxAgeDuration().getNano()))
        .setMaxBytes(evidence.maxBytes())
        .build();
  }

  /** The first height with vote extensions; empty where the parameters leave that as it is. */
  private static Optional<Long> extensions(ConsensusParams params) {
    if (params.getFeature().hasVoteExtensionsEnableHeight()) {
      return Optional.of(params.getFeature().getVoteExtensionsEnableHeight().getValue());
    }
    return params.hasAbci()
        ? Optional.of(params.getAbci().getVoteExtensionsEnableHeight())
        : Optional.empty();
  }

  private static <T> Optional<T> present(boolean present, T group) {
    return present ? Optional.of(group) : Optional.empty();
  }
}
