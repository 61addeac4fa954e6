package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.info;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.hold.HoldReason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds the block of plan v2, and looks at what the node says and does then. */
final class Holding {
  /** Height of plan v2. */
  static final long HEIGHT = 4;

  /** Longer than the pause after which the loop tries again by itself. */
  static final long LONG_MS = 6_000;

  private Holding() {}

  /** Brings the chain to the plan's height, whose block is held. */
  static CompletableFuture<FinalizeBlockResponse> holdAtHeight(TestNode node, String info) {
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info));
    node.block();
    node.block();
    CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
    untilHeld(node);
    return held;
  }

  /** The node says by which name it holds, why, and what to do. */
  static void assertHeld(TestNode node, HoldReason reason, String message) {
    assertThat(upgrade(node).state()).isEqualTo(UpgradeState.HELD);
    assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo(reason.name());
    assertThat(upgrade(node).hold().orElseThrow().nextStep()).isEqualTo(reason.nextStep());
    assertThat(upgrade(node).hold().orElseThrow().message()).contains(message);
    assertThat(node.node().status().heldFor().orElseThrow()).contains(reason.nextStep());
    assertThat(count(node)).as("the old code serves").startsWith("1:");
  }

  /** The held block runs on the new code, and the next one too. */
  static void assertGoesOn(TestNode node, CompletableFuture<FinalizeBlockResponse> held) {
    node.await(held);
    node.commit();
    assertThat(count(node)).isEqualTo("2:11");
    assertThat(upgrade(node).state()).isEqualTo(UpgradeState.APPLIED);
    assertThat(upgrade(node).hold()).isEmpty();
    assertThat(node.node().status().heldFor()).isEmpty();
    node.block(CounterModule.tx());
    assertThat(count(node)).isEqualTo("2:21");
  }

  /** A handler that fails. */
  static UpgradeHandler handling(String failure) {
    return new UpgradeHandler() {
      @Override
      public void handle(UpgradeContext context) {
        throw new IllegalStateException(failure);
      }
    };
  }

  /** The counter whose begin of a block fails while a test says so. */
  static final class Beginning extends Delegating {
    private final AtomicBoolean broken;

    Beginning(AtomicBoolean broken) {
      super("counter", CounterModule.one());
      this.broken = broken;
    }

    @Override
    public void beginBlock(Context context) {
      if (broken.get()) {
        throw new IllegalStateException("not today");
      }
    }
  }
}
