package io.segue.bundles.consensus.solo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.consensus.solo.chain.SoloState;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci.VersionParams;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the application's updates of validators and parameters take effect. */
class UpdatesTest {
  private final FakeApplication application = new FakeApplication();
  private final SoloEngine engine;

  UpdatesTest(@TempDir Path folder) {
    engine = new EngineHome(folder).engine(application);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  @Test
  void changesValidatorsTwoHeightsLater() throws Exception {
    AgentSteps.runTo(engine, 2);
    application.nextUpdates = List.of(new ValidatorUpdate("ed25519", new byte[32], 3));
    AgentSteps.runTo(engine, 3);
    application.nextUpdates = List.of();
    AgentSteps.runTo(engine, 6);

    assertThat(engine.validators(4)).hasSize(1);
    assertThat(engine.validators(5)).hasSize(2);
    assertThat(hash(4, false)).isNotEqualTo(hash(5, false));
    assertThat(hash(4, true)).as("block 4 announces them").isEqualTo(hash(5, false));
  }

  @Test
  void recordsOtherValidatorsAsAbsent() throws Exception {
    application.nextUpdates = List.of(new ValidatorUpdate("ed25519", new byte[32], 3));
    AgentSteps.runTo(engine, 1);
    application.nextUpdates = List.of();
    AgentSteps.runTo(engine, 4);

    assertThat(engine.block(4).orElseThrow().lastCommit().signatures())
        .extracting(signature -> signature.blockIdFlag())
        .containsExactly(2, 1);
    assertThat(application.finalized.get(3).decidedLastCommit().votes())
        .extracting(vote -> vote.blockIdFlag() + ":" + vote.power())
        .containsExactly("2:10", "1:3");
  }

  @Test
  void stopsWhereTheValidatorLosesItsMajority() throws Exception {
    AgentSteps.runTo(engine, 2);
    application.nextUpdates = List.of(new ValidatorUpdate("ed25519", new byte[32], 5));
    AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);

    assertThat(engine.failure()).contains("can't decide blocks alone");
    assertThat(engine.height()).isEqualTo(2);
  }

  @Test
  void stopsWhereAnUpdateIsOneThatCometBftRefuses() throws Exception {
    AgentSteps.runTo(engine, 2);
    application.nextUpdates = List.of(new ValidatorUpdate("ed25519", new byte[32], 0));
    AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);

    assertThat(engine.failure())
        .contains("the application's answer for block 3 is refused")
        .contains("it is to be removed and is no validator");
    assertThat(engine.height()).isEqualTo(2);
  }

  @Test
  void changesParametersAndTheAppVersionOneHeightLater() throws Exception {
    AgentSteps.runTo(engine, 2);
    application.gasWanted = 1_000_000;
    application.nextParams = block(2_000_000, 5_000_000, Optional.of(new VersionParams(2)));
    AgentSteps.runTo(engine, 3);
    application.nextParams = Optional.empty();
    for (int i = 0; i < 10; i++) {
      engine.broadcast(("tx " + i).getBytes(UTF_8));
    }
    AgentSteps.runTo(engine, 5);

    assertThat(engine.meta(3).orElseThrow().header().appVersion()).isEqualTo(1);
    assertThat(engine.meta(4).orElseThrow().header().appVersion()).isEqualTo(2);
    assertThat(engine.applicationInfo().appVersion()).isEqualTo(2);
    assertThat(maxGas(3)).isEqualTo(-1);
    assertThat(maxGas(4)).isEqualTo(5_000_000);
    assertThat(engine.consensusParams(6)).as("the next height").isPresent();
    assertThat(engine.consensusParams(7)).isEmpty();
    assertThat(engine.meta(4).orElseThrow().txCount())
        .as("each wants a fifth of the gas")
        .isEqualTo(5);
    assertThat(paramsHash(3)).isNotEqualTo(paramsHash(4));
  }

  @Test
  void stopsWhereParametersAreIllegal() throws Exception {
    AgentSteps.runTo(engine, 1);
    application.nextParams = block(0, -1, Optional.empty());
    AgentSteps.until(engine, () -> engine.state() == SoloState.HELD);

    assertThat(engine.failure()).contains("block.max_bytes is 0");
  }

  private static Optional<ConsensusParams> block(
      long maxBytes, long maxGas, Optional<VersionParams> version) {
    return Optional.of(
        new ConsensusParams(
            Optional.of(new BlockParams(maxBytes, maxGas)),
            Optional.empty(),
            Optional.empty(),
            version));
  }

  private long maxGas(long height) {
    return engine.consensusParams(height).orElseThrow().block().orElseThrow().maxGas();
  }

  private byte[] hash(long height, boolean next) {
    var header = engine.meta(height).orElseThrow().header();
    return next ? header.nextValidatorsHash() : header.validatorsHash();
  }

  private byte[] paramsHash(long height) {
    return engine.meta(height).orElseThrow().header().consensusHash();
  }
}
