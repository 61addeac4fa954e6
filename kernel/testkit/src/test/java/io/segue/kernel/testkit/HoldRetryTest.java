package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.info;
import static io.segue.kernel.testkit.CounterChain.until;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static io.segue.kernel.testkit.Holding.HEIGHT;
import static io.segue.kernel.testkit.Holding.assertGoesOn;
import static io.segue.kernel.testkit.Holding.assertHeld;
import static io.segue.kernel.testkit.Holding.handling;
import static io.segue.kernel.testkit.Holding.holdAtHeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is tried again, by itself or by command, once its cause is gone. */
class HoldRetryTest {
  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void aSidecarThatFailedRunsAgainByCommand() throws Exception {
    CounterChain.Bringing sidecar = new CounterChain.Bringing(chain.v2);
    sidecar.answers = false;
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(chain.v2));
      assertHeld(node, HoldReason.SIDECAR, "the server does not answer");
      assertThat(upgrade(node).hold().orElseThrow().nextStep()).contains("upgrade:retry");
      sidecar.answers = true;
      node.turn(60_000);
      assertThat(node.state()).as("it is not tried again by itself").isEqualTo(BlockState.HELD);
      node.node().retry();
      assertGoesOn(node, held);
    }
  }

  @Test
  void aSidecarRunsAgainByCommandBeforeTheHeight() throws Exception {
    CounterChain.Bringing sidecar = new CounterChain.Bringing(chain.v2);
    sidecar.answers = false;
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      assertThatThrownBy(() -> node.node().retry())
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("nothing waits for another try");
      node.block(PlanningModule.schedule("v2", HEIGHT, info(chain.v2)));
      until(node, UpgradeState.NOT_READY);
      assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo("SIDECAR");
      sidecar.answers = true;
      node.node().retry();
      until(node, UpgradeState.READY);
      assertThat(upgrade(node).hold()).isEmpty();
      assertThatThrownBy(() -> node.node().retry()).isInstanceOf(DeployException.class);
    }
  }

  @Test
  void aSidecarThatIsNotAllowedRunsOnceTheOperatorAllowsIt() throws Exception {
    KernelSettings none = KernelSettings.DEFAULT.withSidecars(Set.of());
    TestNode.Builder parts =
        chain.node(folder).withSettings(none).withSidecar(new CounterChain.Bringing(chain.v2));
    try (TestNode node = parts.start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(chain.v2));
      assertHeld(node, HoldReason.SIDECAR_MISSING, "sidecar fetch");
      assertThat(upgrade(node).hold().orElseThrow().nextStep())
          .contains("etc/io.segue.upgrade.cfg");
      node.settings(KernelSettings.DEFAULT);
      node.node().retry();
      assertGoesOn(node, held);
    }
  }

  @Test
  void aDiskThatFillsDuringTheDownloadIsTriedAgain() throws Exception {
    AtomicBoolean full = new AtomicBoolean(true);
    Sidecar sidecar =
        new Sidecar() {
          @Override
          public String name() {
            return "fetch";
          }

          @Override
          public Path run(Task task, Progress progress) throws SidecarException {
            if (full.get()) {
              throw new SidecarException("the file can't be kept", true, FullDisk.noRoom());
            }
            return new CounterChain.Bringing(chain.v2).run(task, progress);
          }
        };
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(chain.v2));
      assertHeld(node, HoldReason.DISK_FULL, "the file can't be kept");
      full.set(false);
      node.turn(60_000);
      assertGoesOn(node, held);
    }
  }

  @Test
  void whatIsDeployedWhileThePlansBlockRunsDisturbsNothing() throws Exception {
    byte[] other = chain.v2(() -> handling("never asked"));
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 2, ""));
      CompletableFuture<FinalizeBlockResponse> block = node.finalizeBlock(CounterModule.tx());
      node.until("the loads", () -> node.state() == BlockState.LOADING);
      node.deploy(other);
      assertGoesOn(node, block);
      node.until("one generation of v2", () -> node.node().generations().size() == 2);
    }
  }

  @Test
  void whatIsDeployedWhileThePlansBlockRunsIsTriedOnceThatFailed() throws Exception {
    byte[] bad =
        chain.v2(
            () ->
                new CounterChain.Renaming(
                    (key, value, sink) -> {
                      throw new IllegalStateException("not a number");
                    }));
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(bad);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 2, ""));
      CompletableFuture<FinalizeBlockResponse> block = node.finalizeBlock(CounterModule.tx());
      node.until("the loads", () -> node.state() == BlockState.LOADING);
      node.deploy(chain.v2);
      assertGoesOn(node, block);
    }
  }

  @Test
  void aGenesisThatIsRefusedIsNamedInTheStatus() throws Exception {
    try (TestNode node = chain.node(folder).open()) {
      CompletableFuture<?> refused = node.initChain("{\"nobody\":{}}");
      node.until("a refusal", refused::isDone);
      assertThat(refused).isCompletedExceptionally();
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("no module reads: [nobody]", "config/genesis.json");
      node.await(node.initChain("{}"));
      assertThat(node.node().status().heldFor()).isEmpty();
    }
  }

  @Test
  void anOrdinaryBlockThatFailsIsTriedAgainByCommand() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    TestNode.Builder parts =
        TestNode.aNode(folder)
            .withBundles(chain.bundles)
            .withGenesis(chain.genesis(new Holding.Beginning(broken)));
    try (TestNode node = parts.start()) {
      node.block();
      broken.set(true);
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("begin of block in module counter failed", "upgrade:retry");
      node.node().retry();
      node.turn(1);
      untilHeld(node);
      broken.set(false);
      node.node().retry();
      node.await(held);
      node.commit();
      assertThat(node.height()).isEqualTo(2);
    }
  }

  @Test
  void aHandlerThatFailedForAPassingReasonIsTriedAgainByCommand() throws Exception {
    AtomicBoolean broken = new AtomicBoolean(true);
    byte[] moody =
        chain.v2(
            () ->
                new UpgradeHandler() {
                  @Override
                  public void handle(UpgradeContext context) {
                    if (broken.get()) {
                      throw new OutOfMemoryError("for a test");
                    }
                    context.runMigrations();
                  }
                });
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(moody);
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, "");
      assertHeld(node, HoldReason.MACHINE, "out of memory: for a test");
      broken.set(false);
      node.node().retry();
      node.await(held);
      node.commit();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.APPLIED);
    }
  }
}
