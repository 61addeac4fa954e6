package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.info;
import static io.segue.kernel.testkit.CounterChain.until;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.PastUpgrade;
import io.segue.kernel.api.node.UpgradeOutcome;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.block.HeightSettings;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Plans that are cancelled, replaced, moved, skipped, or follow one another at once. */
class PlanChangeTest {
  private static final long HEIGHT = 6;

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();
  private final byte[] v3 =
      chain
          .bundles
          .generation("v3")
          .handler(CounterChain.Renaming::new)
          .module("2.0.0", CounterModule.two())
          .artifact();

  /** How far the preparation of a plan is when governance changes its mind. */
  private enum Stage {
    /** The sidecar runs. */
    SIDECAR,
    /** The sidecar failed and is tried again. */
    NOT_READY,
    /** The generation is ready. */
    READY,
    /** An operator runs other bytes than the plan names. */
    REPAIRED,
    /** Ready, and the next block is the plan's. */
    ONE_BLOCK_BEFORE
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aCancelledPlanLeavesNothingBehind(Stage stage) throws Exception {
    byte[] named = chain.v2(() -> new UpgradeHandler() {});
    Stepping sidecar = new Stepping(stage, named);
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(named)));
      bring(node, stage, sidecar, named);
      node.block(PlanningModule.cancel());
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.CANCELLED);
      assertNothingLeft(node, sidecar);
      while (node.height() < HEIGHT + 1) {
        node.block(CounterModule.tx());
      }
      assertThat(count(node)).startsWith("1:");
      assertThat(node.node().history())
          .extracting(PastUpgrade::name, PastUpgrade::outcome)
          .containsExactly(tuple("v2", UpgradeOutcome.CANCELLED));
    }
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void aReplacedPlanLeavesNothingBehindAndTheOtherIsApplied(Stage stage) throws Exception {
    byte[] named = chain.v2(() -> new UpgradeHandler() {});
    Stepping sidecar = new Stepping(stage, named);
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(named)));
      bring(node, stage, sidecar, named);
      sidecar.others = v3;
      node.block(PlanningModule.schedule("v3", HEIGHT + 1, info(v3)));
      sidecar.goOn.countDown();
      until(node, UpgradeState.READY);
      assertThat(upgrade(node).plan().name()).isEqualTo("v3");
      node.until("one generation beside the current", () -> node.node().generations().size() == 2);
      assertThat(node.node().generations().get(1).name()).isEqualTo("v3");
      assertThat(folder.resolve("data/upgrade-info.json")).content().contains("\"v3\"");
      while (node.height() < HEIGHT + 1) {
        node.block();
      }
      assertThat(count(node)).isEqualTo("2:1");
      assertThat(node.node().history())
          .extracting(PastUpgrade::name, PastUpgrade::outcome, PastUpgrade::insteadOf)
          .containsExactly(
              tuple("v2", UpgradeOutcome.REPLACED, ""), tuple("v3", UpgradeOutcome.APPLIED, ""));
    }
  }

  @Test
  void aPlanThatIsMovedKeepsWhatIsPrepared() throws Exception {
    CounterChain.Bringing sidecar = new CounterChain.Bringing(chain.v2);
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(chain.v2)));
      until(node, UpgradeState.READY);
      node.block(PlanningModule.schedule("v2", HEIGHT - 2, info(chain.v2)));
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.READY);
      assertThat(upgrade(node).plan().height()).isEqualTo(HEIGHT - 2);
      assertThat(sidecar.runs).hasValue(1);
      node.block();
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("2:11");
    }
  }

  @Test
  void aPlanForTheBlockThatSchedulesItIsDueInTheNext() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 1, ""));
      FinalizeBlockResponse next = node.block(CounterModule.tx());
      assertThat(next.events()).anyMatch(event -> event.type().equals("upgrade_applied"));
      assertThat(count(node)).isEqualTo("2:11");
      assertThat(node.node().history().get(0).height()).isEqualTo(2);
    }
  }

  @Test
  void aSecondPlanForTheNextHeightIsPreparedWhileItsBlockIsHeld() throws Exception {
    byte[] after = after();
    CounterChain.Bringing sidecar = new CounterChain.Bringing(after);
    sidecar.answers = false;
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 2, ""));
      node.block(PlanningModule.schedule("v3", 3, info(after)));
      assertThat(node.node().status().generation()).isEqualTo("v2");
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(upgrade(node).plan().name()).isEqualTo("v3");
      assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo("SIDECAR");
      sidecar.answers = true;
      node.node().retry();
      node.await(held);
      node.commit();
      assertThat(count(node)).isEqualTo("2:11");
      assertThat(node.node().status().generation()).isEqualTo("v3");
      assertThat(node.node().history())
          .extracting(PastUpgrade::name, PastUpgrade::height)
          .containsExactly(tuple("v2", 2L), tuple("v3", 3L));
    }
  }

  @Test
  void aSecondPlanThatWasDeployedAheadIsPutOnTheCodeOfTheFirst() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      node.deploy(after());
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 2, ""));
      node.block(CounterModule.tx(), PlanningModule.schedule("v3", 3, ""));
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("2:21");
      assertThat(node.node().status().generation()).isEqualTo("v3");
    }
  }

  @Test
  void aPlanInTheHeldBlockIsSkippedByASettingWithoutARestart() throws Exception {
    try (TestNode one = chain.node(folder.resolve("one")).start();
        TestNode two = chain.node(folder.resolve("two")).withSettings(skipping(HEIGHT)).start()) {
      for (TestNode node : List.of(one, two)) {
        node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(chain.v2)));
        while (node.height() < HEIGHT - 1) {
          node.block();
        }
      }
      CompletableFuture<FinalizeBlockResponse> held = one.finalizeBlock(CounterModule.tx());
      untilHeld(one);
      one.settings(skipping(HEIGHT));
      FinalizeBlockResponse first = one.await(held);
      one.commit();
      FinalizeBlockResponse second = two.block(CounterModule.tx());
      assertThat(first.appHash()).isEqualTo(second.appHash());
      assertThat(first.events()).isEqualTo(second.events());
      assertThat(first.events())
          .anyMatch(event -> event.type().equals("upgrade_skipped"))
          .noneMatch(event -> event.type().equals("upgrade_applied"));
      for (TestNode node : List.of(one, two)) {
        assertThat(count(node)).isEqualTo("1:2");
        assertThat(upgrade(node).state()).isEqualTo(UpgradeState.SKIPPED);
        assertThat(upgrade(node).hold()).isEmpty();
        assertThat(node.node().history())
            .extracting(PastUpgrade::name, PastUpgrade::height, PastUpgrade::outcome)
            .containsExactly(tuple("v2", HEIGHT, UpgradeOutcome.SKIPPED));
        node.block(CounterModule.tx());
        assertThat(count(node)).isEqualTo("1:3");
      }
      assertThat(folder.resolve("one/data/upgrade-info.json")).doesNotExist();
    }
  }

  @Test
  void aSkippedPlanMayComeAgain() throws Exception {
    try (TestNode node = chain.node(folder).withSettings(skipping(3)).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 3, ""));
      node.block();
      node.block();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.SKIPPED);
      node.deploy(chain.v2);
      FinalizeBlockResponse again = node.block(PlanningModule.schedule("v2", 5, ""));
      assertThat(again.txResults().get(0).log()).isEmpty();
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("2:11");
      assertThat(node.node().history())
          .extracting(PastUpgrade::height, PastUpgrade::outcome)
          .containsExactly(tuple(3L, UpgradeOutcome.SKIPPED), tuple(5L, UpgradeOutcome.APPLIED));
      try (TestNode restarted = node.restart()) {
        assertThat(restarted.node().status().generation()).isEqualTo("v2");
      }
    }
  }

  @Test
  void aHandlerThatFailsIsSkippedWithTheStoresAsBefore() throws Exception {
    byte[] bad =
        chain.v2(
            () ->
                new UpgradeHandler() {
                  @Override
                  public List<io.segue.kernel.api.upgrade.StoreLoad> prepare(
                      io.segue.kernel.api.upgrade.UpgradeContext context) {
                    return new CounterChain.Renaming().prepare(context);
                  }

                  @Override
                  public void handle(io.segue.kernel.api.upgrade.UpgradeContext context) {
                    throw new IllegalStateException("after the rewrite");
                  }
                });
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(bad);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 2, ""));
      String counter = node.roots().get("counter");
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock();
      untilHeld(node);
      node.settings(skipping(2));
      node.await(held);
      node.commit();
      assertThat(node.roots().get("counter")).isEqualTo(counter);
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  @Test
  void theChainHaltsBehindAHeightAndGoesOnWhenTheSettingIsRaised() throws Exception {
    try (TestNode node = chain.node(folder).withSettings(halting(2, 0)).start()) {
      node.block(CounterModule.tx());
      node.block(CounterModule.tx());
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("halt per configuration height 2 time 0", "halt-height");
      assertThat(count(node)).isEqualTo("1:2");
      node.settings(halting(3, 0));
      node.await(held);
      node.commit();
      node.finalizeBlock();
      untilHeld(node);
      assertThat(node.height()).isEqualTo(3);
    }
  }

  @Test
  void theChainHaltsBeforeAPlanIsTouched() throws Exception {
    try (TestNode node = chain.node(folder).withSettings(halting(1, 0)).start()) {
      node.deploy(chain.v2);
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", 2, ""));
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      untilHeld(node);
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.READY);
      node.settings(KernelSettings.DEFAULT);
      node.await(held);
      node.commit();
      assertThat(count(node)).isEqualTo("2:11");
    }
  }

  @Test
  void theChainHaltsAtATime() throws Exception {
    // The test's blocks are of one second each, from 2026-01-01 on.
    long third = java.time.Instant.parse("2026-01-01T00:00:03Z").getEpochSecond();
    try (TestNode node = chain.node(folder).withSettings(halting(0, third)).start()) {
      node.block();
      node.block();
      node.finalizeBlock();
      untilHeld(node);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("halt per configuration height 0 time " + third);
      assertThat(node.height()).isEqualTo(2);
    }
  }

  @Test
  void whatWasDeployedIsDroppedBeforeABlockTookNoteOfIt() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      assertThat(node.node().generations()).hasSize(2);
      node.node().cancelPrepared("v2");
      node.until("dropped", () -> node.turn(1) == 0 && node.node().generations().size() == 1);
      assertThatThrownBy(() -> node.node().cancelPrepared("v2"))
          .isInstanceOf(DeployException.class);
    }
  }

  @Test
  void whatWasDeployedForAPlanThatNeverComesIsDroppedByCommand() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.deploy(chain.v2);
      node.until("staged", () -> node.node().generations().size() == 2 && node.turn(1) == 0);
      assertThatThrownBy(() -> node.node().cancelPrepared("v3"))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("nothing is prepared for a plan v3");
      node.node().cancelPrepared("v2");
      node.until("dropped", () -> node.node().generations().size() == 1);
      assertThatThrownBy(() -> node.node().cancelPrepared("v2"))
          .isInstanceOf(DeployException.class);
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("1:1");
    }
  }

  @Test
  void whatIsPreparedForThePendingPlanIsDroppedAndPreparedAgain() throws Exception {
    CounterChain.Bringing sidecar = new CounterChain.Bringing(chain.v2);
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(chain.v2)));
      until(node, UpgradeState.READY);
      node.node().cancelPrepared("v2");
      until(node, UpgradeState.NOT_READY);
      assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo("MISSING");
      assertThat(node.node().generations()).hasSize(1);
      node.node().retry();
      until(node, UpgradeState.READY);
      while (node.height() < HEIGHT) {
        node.block();
      }
      assertThat(count(node)).isEqualTo("2:1");
    }
  }

  /** Brings the preparation of v2 to a stage; the height is then below the plan's. */
  private void bring(TestNode node, Stage stage, Stepping sidecar, byte[] named) throws Exception {
    switch (stage) {
      case SIDECAR -> sidecar.started.await();
      case NOT_READY -> until(node, UpgradeState.NOT_READY);
      case READY -> until(node, UpgradeState.READY);
      case REPAIRED -> {
        until(node, UpgradeState.READY);
        node.deployInsteadOf(Sha256.of(named), chain.v2);
        node.until("repair", () -> !upgrade(node).code().insteadOf().isEmpty());
      }
      case ONE_BLOCK_BEFORE -> {
        until(node, UpgradeState.READY);
        while (node.height() < HEIGHT - 2) {
          node.block();
        }
      }
    }
  }

  private void assertNothingLeft(TestNode node, Stepping sidecar) throws Exception {
    sidecar.goOn.countDown();
    node.until("the current generation alone", () -> node.node().generations().size() == 1);
    assertThat(folder.resolve("data/upgrade-info.json")).doesNotExist();
    Path repairs = folder.resolve("config/instead-of");
    if (Files.exists(repairs)) {
      assertThat(repairs).isEmptyFile();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.map(file -> "" + file.getFileName()))
          .noneMatch(name -> name.startsWith("incoming-") || name.endsWith(".tmp"));
    }
  }

  /** An upgrade on top of v2. */
  private byte[] after() {
    return chain.bundles.generation("v3").handler(() -> new UpgradeHandler() {}).artifact();
  }

  private static KernelSettings skipping(long height) {
    return KernelSettings.DEFAULT.withHeights(new HeightSettings(Set.of(height), 0, 0));
  }

  private static KernelSettings halting(long height, long timeS) {
    return KernelSettings.DEFAULT.withHeights(new HeightSettings(Set.of(), height, timeS));
  }

  /** A sidecar that waits or fails for v2 as a stage wants it, and brings others at once. */
  private static final class Stepping implements Sidecar {
    final CountDownLatch started = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);
    volatile byte[] others = {};
    private final Stage stage;
    private final byte[] artifact;

    Stepping(Stage stage, byte[] artifact) {
      this.stage = stage;
      this.artifact = artifact;
    }

    @Override
    public String name() {
      return "fetch";
    }

    @Override
    public Path run(Task task, Progress progress) throws SidecarException, InterruptedException {
      if (!task.plan().name().equals("v2")) {
        return new CounterChain.Bringing(others).run(task, progress);
      }
      started.countDown();
      if (stage == Stage.NOT_READY) {
        throw new SidecarException("the server does not answer", true, null);
      }
      if (stage == Stage.SIDECAR) {
        goOn.await();
      }
      return new CounterChain.Bringing(artifact).run(task, progress);
    }
  }
}
