package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static io.segue.kernel.testkit.Holding.HEIGHT;
import static io.segue.kernel.testkit.Holding.LONG_MS;
import static io.segue.kernel.testkit.Holding.assertGoesOn;
import static io.segue.kernel.testkit.Holding.assertHeld;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.node.NodeState;
import io.segue.kernel.core.hold.HoldReason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A disk that fills holds blocks and commits until there is room. */
class HoldDiskTest {
  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  /** Calls of the state store that a full disk refuses in the plan's block. */
  static Stream<String> writes() {
    return Stream.of("bulkWriter", "put", "finish", "stage");
  }

  @ParameterizedTest
  @MethodSource("writes")
  void aDiskThatFillsInThePlansBlockHoldsUntilThereIsRoom(String call) throws Exception {
    FullDisk disk = new FullDisk(new InMemoryStore());
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block();
      disk.fill(call);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertHeld(node, HoldReason.DISK_FULL, "No space left on device");
      assertThat(count(node)).isEqualTo("1:1");
      node.turn(LONG_MS);
      untilHeld(node);
      disk.free();
      node.turn(LONG_MS);
      assertGoesOn(node, held);
    }
  }

  @Test
  void aDiskThatFillsInAnOrdinaryBlockHoldsUntilThereIsRoom() throws Exception {
    FullDisk disk = new FullDisk(new InMemoryStore());
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.block(CounterModule.tx());
      disk.fill("stage");
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow()).contains("make room");
      disk.free();
      node.node().retry();
      node.await(held);
      node.commit();
      assertThat(count(node)).isEqualTo("1:2");
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.ValueSource(longs = {2, HEIGHT})
  void aCommitThatFailsIsNotAnsweredUntilItIsDurable(long height) throws Exception {
    FullDisk disk = new FullDisk(new InMemoryStore());
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      while (node.height() < height - 1) {
        node.block();
      }
      byte[] answered = node.await(node.finalizeBlock(CounterModule.tx())).appHash();
      disk.fill("commit");
      CompletableFuture<?> commit = node.application().commit().toCompletableFuture();
      untilHeld(node);
      assertThat(commit).isNotDone();
      assertThat(node.height()).isEqualTo(height - 1);
      assertThat(count(node)).isEqualTo("1:1");
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("can't be written", "make room");
      if (height == HEIGHT) {
        assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo("DISK_FULL");
        assertThatThrownBy(() -> node.node().cancelPrepared("v2"))
            .hasMessageContaining("executes by now");
      }
      disk.free();
      node.turn(LONG_MS);
      node.await(commit);
      assertThat(node.root()).isEqualTo(java.util.HexFormat.of().formatHex(answered));
      assertThat(count(node)).isEqualTo(height == HEIGHT ? "2:11" : "1:2");
    }
  }

  @Test
  void aPartThatHoldsIsToldAndTriedAgainByTheOperator() throws Exception {
    AtomicBoolean holds = new AtomicBoolean(true);
    NodeHold why = new NodeHold("engine", "DISK_FULL", "no room in data/blocks", "make room", true);
    HoldingPart engine =
        new HoldingPart() {
          @Override
          public Optional<NodeHold> hold() {
            return holds.get() ? Optional.of(why) : Optional.empty();
          }

          @Override
          public void retry() {
            holds.set(false);
          }
        };
    try (TestNode node = chain.node(folder).withParts(engine).start()) {
      assertThat(node.node().holds()).containsExactly(why);
      assertThat(node.node().status().state()).isEqualTo(NodeState.HELD);
      assertThat(node.node().status().heldFor())
          .contains("no room in data/blocks. Next: make room");
      node.node().retry();
      assertThat(node.node().holds()).isEmpty();
      assertThat(node.node().status().state()).isEqualTo(NodeState.RUNNING);
      assertThatThrownBy(() -> node.node().retry()).hasMessageContaining("nothing waits");
    }
  }

  @Test
  void anEngineThatAsksAnewWhileACommitIsHeldHearsThatItFailed() throws Exception {
    FullDisk disk = new FullDisk(new InMemoryStore());
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.await(node.finalizeBlock(CounterModule.tx()));
      disk.fill("commit");
      CompletableFuture<?> commit = node.application().commit().toCompletableFuture();
      untilHeld(node);
      disk.free();
      node.application().connect();
      node.until("an answer", commit::isDone);
      assertThat(commit).isCompletedExceptionally();
      assertThat(node.height()).isZero();
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("1:1");
    }
  }
}
