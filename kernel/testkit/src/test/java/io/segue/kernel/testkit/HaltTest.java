package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static io.segue.kernel.testkit.Holding.HEIGHT;
import static io.segue.kernel.testkit.Holding.assertGoesOn;
import static io.segue.kernel.testkit.Holding.holdAtHeight;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.block.HeightSettings;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Halt comes first, then skip, in every state of a block that has no answer yet. */
class HaltTest {
  private static final KernelSettings HALT = settings(Set.of(), HEIGHT - 1);

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void aBundleThatIsDeployedDoesNotRunABlockThatTheOperatorHalted() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, "");
      node.settings(HALT);
      node.deploy(chain.v2);
      assertHalted(node);
      assertThat(held).isNotDone();
      assertThat(count(node)).isEqualTo("1:1");
      node.settings(KernelSettings.DEFAULT);
      assertGoesOn(node, held);
    }
  }

  @Test
  void aHeightThatIsHaltedAndSkippedHaltsAndDoesNotSpin() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, "");
      node.settings(settings(Set.of(HEIGHT), HEIGHT - 1));
      assertHalted(node);
      node.settings(settings(Set.of(HEIGHT), 0));
      node.await(held);
      node.commit();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.SKIPPED);
      assertThat(count(node)).isEqualTo("1:2");
    }
  }

  @Test
  void anotherHaltIsToldAndTheOldOneForgotten() throws Exception {
    try (TestNode node = chain.node(folder).withSettings(HALT).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.blocksUntil(HEIGHT - 1);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      assertHalted(node);
      node.node().retry();
      assertHalted(node);
      node.settings(settings(Set.of(), HEIGHT - 2));
      node.until("told", () -> heldFor(node).contains("height " + (HEIGHT - 2)));
      node.settings(settings(Set.of(), HEIGHT));
      node.await(held);
      node.commit();
      assertThat(count(node)).isEqualTo("2:11");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DUE", "LOADING", "HANDLING", "EXECUTE"})
  void aHaltStopsThePlansBlockInEveryState(BlockState state) throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.blocksUntil(HEIGHT - 1);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      node.until(state.name(), () -> node.state() == state);
      node.settings(HALT);
      assertHalted(node);
      assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo("HALTED");
      assertThat(count(node)).isEqualTo("1:1");
      node.settings(KernelSettings.DEFAULT);
      assertGoesOn(node, held);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"DUE", "LOADING", "HANDLING"})
  void aSkipStopsThePlanInEveryState(BlockState state) throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.blocksUntil(HEIGHT - 1);
      CompletableFuture<FinalizeBlockResponse> block = node.finalizeBlock(CounterModule.tx());
      node.until(state.name(), () -> node.state() == state);
      node.settings(settings(Set.of(HEIGHT), 0));
      node.await(block);
      node.commit();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.SKIPPED);
      assertThat(count(node)).isEqualTo("1:2");
    }
  }

  private static void assertHalted(TestNode node) {
    node.until("halted", () -> heldFor(node).contains("halt per configuration"));
    for (int i = 0; i < 5; i++) {
      node.turn(1);
    }
    assertThat(node.turn(1)).as("it does not spin").isZero();
    assertThat(node.state()).isEqualTo(BlockState.HELD);
    assertThat(heldFor(node)).contains("halt per configuration", "halt-height");
  }

  private static String heldFor(TestNode node) {
    return node.node().status().heldFor().orElse("");
  }

  private static KernelSettings settings(Set<Long> skipped, long haltHeight) {
    return KernelSettings.DEFAULT.withHeights(new HeightSettings(skipped, haltHeight, 0));
  }
}
