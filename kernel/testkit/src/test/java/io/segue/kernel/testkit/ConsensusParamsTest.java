package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.MessageHandler;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryHandler;
import io.segue.kernel.testkit.modules.PlainTx;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module changes consensus parameters: the engine is told, and the next block has them. */
class ConsensusParamsTest {
  private static final String RULE = "/test.Rule";
  private static final String IN_FORCE = "/test.Query/Rules";
  private static final ConsensusParams DEFAULTS = ConsensusParams.defaults(1);

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void countFromTheNextBlockOnAndAfterARestart() throws Exception {
    TestNode node = start();
    FinalizeBlockResponse response = node.block(gas("5000000"));
    ConsensusParams told = response.consensusParamUpdates().orElseThrow();
    assertThat(told.block()).contains(block(5_000_000));
    assertThat(told.evidence().isPresent() || told.version().isPresent()).isFalse();
    assertThat(inForce(node)).isEqualTo("5000000 0");

    assertThat(node.block().consensusParamUpdates()).isEmpty();
    node = node.restart();
    assertThat(inForce(node)).isEqualTo("5000000 0");
    assertThat(node.block(gas("5000000")).consensusParamUpdates()).as("no change").isEmpty();
    node.close();
  }

  @Test
  void ofAFailedTransactionAreLost() throws Exception {
    try (TestNode node = start()) {
      FinalizeBlockResponse response = node.block(gas("6000000"), gas("7000000 fail"));
      assertThat(response.txResults()).extracting(ExecTxResult::code).containsExactly(0, 9);
      assertThat(response.consensusParamUpdates().orElseThrow().block()).contains(block(6_000_000));
    }
  }

  @Test
  void openVoteExtensionsOnceAndAhead() throws Exception {
    try (TestNode node = start()) {
      assertThat(node.block(extensions(2)).txResults().get(0).log()).contains("a height above 2");
      FinalizeBlockResponse response = node.block(extensions(4));
      assertThat(response.consensusParamUpdates().orElseThrow().abci()).contains(new AbciParams(4));
      assertThat(node.block(extensions(6)).txResults().get(0).log()).as("not yet begun").isEmpty();
      node.blocksUntil(6);
      assertThat(inForce(node)).isEqualTo("-1 6");
      assertThat(node.block(extensions(20)).txResults().get(0).log())
          .contains("as votes have extensions by now");
      assertThat(node.block(extensions(0)).txResults().get(0).log())
          .contains("as votes have extensions by now");
    }
  }

  @Test
  void outOfBoundsAreRefusedByName() throws Exception {
    try (TestNode node = start()) {
      assertThat(node.block(gas("5")).txResults().get(0).log())
          .contains("consensus parameter block.max_gas is 5; allowed is 2000000 and above");
      assertThat(inForce(node)).isEqualTo("-1 0");
    }
  }

  @Test
  void ofAGenesisKeepTheFirstHeightWithExtensions() throws Exception {
    ConsensusParams extended =
        DEFAULTS.with(
            new ConsensusParams(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new AbciParams(3))));
    try (TestNode node = builder().withConsensusParams(extended).start()) {
      node.block();
      assertThat(inForce(node)).isEqualTo("-1 3");
    }
  }

  private TestNode start() throws Exception {
    return builder().start();
  }

  private TestNode.Builder builder() {
    return TestNode.aNode(folder)
        .withBundles(chain.bundles)
        .withGenesis(
            chain
                .bundles
                .generation("genesis")
                .module(CounterModule.one())
                .module(new RulesModule())
                .module(new PlanningModule())
                .artifact());
  }

  private static byte[] gas(String payload) {
    return PlainTx.of(RULE, payload.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] extensions(long height) {
    return gas("x " + height);
  }

  private static BlockParams block(long maxGas) {
    return new BlockParams(DEFAULTS.block().orElseThrow().maxBytes(), maxGas);
  }

  private static String inForce(TestNode node) {
    return new String(node.query(IN_FORCE, new byte[0]).value(), StandardCharsets.UTF_8);
  }

  /** Sets the limit of gas, or the height of the first votes with extensions. */
  private static final class RulesModule implements Module {
    @Override
    public String name() {
      return "rules";
    }

    @Override
    public long consensusVersion() {
      return 1;
    }

    @Override
    public List<String> stores() {
      return List.of();
    }

    @Override
    public Map<String, MessageHandler> messages() {
      return Map.of(
          RULE,
          new MessageHandler() {
            @Override
            public List<byte[]> signers(byte[] message) {
              return List.of();
            }

            @Override
            public void validate(Context context, byte[] message) {}

            @Override
            public byte[] handle(Context context, byte[] message) {
              String[] words = new String(message, StandardCharsets.UTF_8).split(" ");
              boolean extensions = words[0].equals("x");
              context.updateConsensusParams(
                  new ConsensusParams(
                      extensions ? Optional.empty() : Optional.of(block(Long.parseLong(words[0]))),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      extensions
                          ? Optional.of(new AbciParams(Long.parseLong(words[1])))
                          : Optional.empty()));
              if (!extensions && words.length > 1) {
                throw new ModuleException("test", 9, "fails");
              }
              return new byte[0];
            }
          });
    }

    @Override
    public Map<String, QueryHandler> queries() {
      return Map.of(
          IN_FORCE,
          (context, request) -> {
            ConsensusParams params = context.consensusParams();
            String text =
                params.block().orElseThrow().maxGas()
                    + " "
                    + params.abci().map(AbciParams::voteExtensionsEnableHeight).orElse(0L);
            return text.getBytes(StandardCharsets.UTF_8);
          });
    }
  }
}
