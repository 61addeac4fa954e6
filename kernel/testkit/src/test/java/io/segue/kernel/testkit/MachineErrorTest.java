package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static io.segue.kernel.testkit.Holding.HEIGHT;
import static io.segue.kernel.testkit.Holding.LONG_MS;
import static io.segue.kernel.testkit.Holding.assertGoesOn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.hold.HoldReason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Errors of the machine hold the block wherever they come, by name, and are tried again by
 * themselves and by command.
 */
class MachineErrorTest {
  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();
  private final FullDisk disk = new FullDisk(new InMemoryStore());

  private static final List<Supplier<Throwable>> ERRORS =
      List.of(
          () -> new OutOfMemoryError("Java heap space"),
          StackOverflowError::new,
          () -> new NoClassDefFoundError("io/segue/Lost"),
          () -> new UncheckedIOException("read", new IOException("Input/output error")));

  /** Calls of the state store in the life of a block, each with each error. */
  static Stream<Arguments> errors() {
    return Stream.of("view", "stage", "commit", "oldestHeight", "appHash")
        .flatMap(call -> ERRORS.stream().map(error -> arguments(call, error)));
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("errors")
  void anErrorOfTheMachineHoldsAnOrdinaryBlock(String call, Supplier<Throwable> error)
      throws Exception {
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.block(CounterModule.tx());
      disk.fail(error, call);
      CompletableFuture<FinalizeBlockResponse> block = node.finalizeBlock(CounterModule.tx());
      CompletableFuture<CommitResponse> commit = heldOrCommitted(node, block);
      for (int i = 0; i < 3; i++) {
        node.turn(LONG_MS * 20);
        untilHeld(node);
      }
      assertThat(node.turn(1)).as("it does not spin").isZero();
      disk.free();
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("block 2", message(error), "upgrade:retry");
      node.turn(LONG_MS * 20);
      node.await(block);
      node.await(commit == null ? node.application().commit().toCompletableFuture() : commit);
      assertThat(node.height()).isEqualTo(2);
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("1:3");
    }
  }

  @ParameterizedTest(name = "{0} {index}")
  @MethodSource("errors")
  void anErrorOfTheMachineHoldsThePlansBlock(String call, Supplier<Throwable> error)
      throws Exception {
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block();
      disk.fail(error, call);
      CompletableFuture<FinalizeBlockResponse> block = node.finalizeBlock(CounterModule.tx());
      CompletableFuture<CommitResponse> commit = heldOrCommitted(node, block);
      disk.free();
      node.node().retry();
      if (commit == null) {
        assertGoesOn(node, block);
      } else {
        node.await(commit);
        assertThat(count(node)).isEqualTo("2:11");
        assertThat(upgrade(node).state()).isEqualTo(UpgradeState.APPLIED);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorOfTheMachineHoldsTheStartOfTheChain(String call, Supplier<Throwable> error)
      throws Exception {
    try (TestNode node = chain.node(folder).withStore(disk.store).open()) {
      disk.fail(error, call);
      CompletableFuture<?> start = node.initChain("{}");
      for (int i = 0; i < 10; i++) {
        node.turn(1);
      }
      disk.free();
      if (!start.isDone()) {
        assertThat(node.node().status().heldFor().orElseThrow())
            .contains("the chain can't be started", message(error), "upgrade:retry");
        node.node().retry();
      }
      node.await(start);
      assertThat(node.node().status().heldFor()).isEmpty();
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  @Test
  void aBlockThatIsCommittedIsNotDroppedBeforeItIsVisible() throws Exception {
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.await(node.finalizeBlock(CounterModule.tx()));
      disk.fail(ERRORS.get(0), "oldestHeight");
      CompletableFuture<?> commit = node.application().commit().toCompletableFuture();
      untilHeld(node);
      disk.free();
      CompletableFuture<InfoResponse> connected =
          node.application().connect().toCompletableFuture();
      CompletableFuture<?> early = node.finalizeBlock();
      node.until("an answer", early::isDone);
      assertThatThrownBy(() -> node.await(early)).hasMessageContaining("not visible yet");
      assertThat(commit).isNotDone();
      assertThat(connected).isNotDone();
      node.turn(LONG_MS);
      node.await(commit);
      assertThat(node.await(connected).lastBlockHeight()).isEqualTo(1);
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  @Test
  void whoAsksForTheHeightLeavesTheBlockThatIsExecuted() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.await(node.finalizeBlock(CounterModule.tx()));
      assertThat(node.application().info().lastBlockHeight()).isZero();
      node.commit();
      assertThat(node.application().info().lastBlockHeight()).isEqualTo(1);
    }
  }

  @Test
  void anErrorInAModuleHoldsTheBlock() throws Exception {
    AtomicReference<@Nullable Error> error = new AtomicReference<>();
    Delegating failing =
        new Delegating("counter", CounterModule.one()) {
          @Override
          public void beginBlock(Context context) {
            Error now = error.get();
            if (now != null) {
              throw now;
            }
          }
        };
    TestNode.Builder parts =
        TestNode.aNode(folder).withBundles(chain.bundles).withGenesis(chain.genesis(failing));
    try (TestNode node = parts.start()) {
      node.block();
      error.set(new StackOverflowError());
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock();
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("a thread's stack is full", HoldReason.MACHINE.nextStep());
      error.set(null);
      node.turn(LONG_MS);
      node.await(held);
    }
  }

  /** Runs the block until it is held; its commit where the block itself was not. */
  private static @Nullable CompletableFuture<CommitResponse> heldOrCommitted(
      TestNode node, CompletableFuture<FinalizeBlockResponse> block) {
    node.until("held or done", () -> node.state() == BlockState.HELD || block.isDone());
    if (!block.isDone()) {
      return null;
    }
    CompletableFuture<CommitResponse> commit = node.application().commit().toCompletableFuture();
    untilHeld(node);
    assertThat(commit).isNotDone();
    return commit;
  }

  private static String message(Supplier<Throwable> error) {
    return FailureText.of(error.get());
  }
}
