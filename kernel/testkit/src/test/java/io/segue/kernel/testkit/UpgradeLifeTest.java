package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.awaitIgnoringInterrupts;
import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Rewriter;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.block.BlockState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole upgrades on the production kernel, stepped by the test. */
class UpgradeLifeTest {
  private static final long HEIGHT = 4;

  @TempDir Path folder;

  private final FakeBundles bundles = new FakeBundles();
  private byte[] genesis = {};
  private byte[] v2 = {};

  @BeforeEach
  void declareGenerations() {
    genesis =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .artifact();
    v2 = v2(Renaming::new);
  }

  @Test
  void runsBlocksOnTheGenesisCode() throws Exception {
    try (TestNode node = node().start()) {
      node.block(CounterModule.tx());
      node.block(CounterModule.tx(), CounterModule.tx());
      assertThat(count(node, 0)).isEqualTo("1:3");
      assertThat(count(node, 1)).isEqualTo("1:1");
      assertThat(node.node().status().generation()).isEqualTo("genesis");
    }
  }

  @Test
  void switchesAtTheHeightToWhatTheSidecarBrought() throws Exception {
    try (TestNode node = node().withSidecar(new OneFile(v2)).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(v2)));
      node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
      node.block(CounterModule.tx());
      node.block(CounterModule.tx());
      assertThat(count(node, 0)).isEqualTo("1:3");
      FinalizeBlockResponse first = node.block(CounterModule.tx());
      assertThat(first.events()).anyMatch(event -> event.type().equals("upgrade_applied"));
      assertThat(first.consensusParamUpdates().orElseThrow().version().orElseThrow().app())
          .isEqualTo(2);
      assertThat(count(node, 0)).isEqualTo("2:13");
      assertThat(count(node, HEIGHT - 1)).as("a past height, by its own code").isEqualTo("1:3");
      assertThat(node.node().upgrade().orElseThrow().progress().timelineMs().keySet())
          .containsExactly(
              "scheduled", "fetched", "ready", "due", "loaded", "handled", "applied", "firstBlock");
      assertThat(node.node().status().generation()).isEqualTo("v2");
      assertThat(node.node().status().appVersion()).isEqualTo(2);
    }
  }

  @Test
  void carriesOverWhatTheNewGenerationDoesNotName() throws Exception {
    try (TestNode node = node().withSidecar(new OneFile(v2)).start()) {
      upgrade(node);
      assertThat(node.node().generations())
          .last()
          .satisfies(current -> assertThat(current.carriedOver()).containsExactly("fake.upgrade"));
    }
  }

  @Test
  void holdsWhenThePlanHasNoBundlesAndGoesOnWhenTheyAreDeployed() throws Exception {
    try (TestNode node = node().start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.block();
      node.block();
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      node.until("held", () -> node.state() == BlockState.HELD);
      assertThat(node.node().status().heldFor().orElseThrow()).contains("upgrade:deploy");
      assertThat(upgradeState(node)).isEqualTo(UpgradeState.HELD);
      assertThat(count(node, 0)).as("served while it holds").isEqualTo("1:1");
      node.deploy(v2);
      node.await(held);
      node.commit();
      assertThat(count(node, 0)).isEqualTo("2:11");
    }
  }

  @Test
  void takesBundlesThatAreDeployedAheadOfThePlan() throws Exception {
    try (TestNode node = node().start()) {
      node.deploy(v2);
      node.block(PlanningModule.schedule("v2", HEIGHT, info(v2)));
      node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
    }
  }

  @Test
  void refusesToDeployOtherBytesThanThePlanIsBoundTo() throws Exception {
    byte[] other = v2(UpgradeHandlerOnly::new);
    try (TestNode node = node().withSidecar(new OneFile(v2)).start()) {
      node.block(PlanningModule.schedule("v2", HEIGHT, info(v2)));
      assertThatThrownBy(() -> node.deploy(other))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining(Sha256.of(v2));
    }
  }

  @Test
  void refusesToDeployWhatIsDoneAlready() throws Exception {
    try (TestNode node = node().withSidecar(new OneFile(v2)).start()) {
      upgrade(node);
      assertThatThrownBy(() -> node.deploy(v2)).hasMessageContaining("done already");
      assertThatThrownBy(() -> node.deploy(genesis)).hasMessageContaining("done already");
    }
  }

  @Test
  void refusesToDeployForAPlanThatIsBoundThroughJson() throws Exception {
    try (TestNode node = node().start()) {
      String url = "https://example.org/v2.json";
      node.block(
          PlanningModule.schedule("v2", HEIGHT, url + "?checksum=sha256:" + "ab".repeat(32)));
      assertThatThrownBy(() -> node.deploy(v2)).hasMessageContaining(url);
    }
  }

  @Test
  void holdsWhenTheHandlerThrowsAndTriesWhatIsDeployedNext() throws Exception {
    byte[] broken =
        v2(
            () ->
                new UpgradeHandler() {
                  @Override
                  public void handle(UpgradeContext context) {
                    throw new IllegalStateException("no such parameter");
                  }
                });
    try (TestNode node = node().start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.deploy(broken);
      node.block();
      node.block();
      String before = node.root();
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      node.until("held", () -> node.state() == BlockState.HELD);
      assertThat(node.node().status().heldFor().orElseThrow()).contains("no such parameter");
      assertThat(node.root()).isEqualTo(before);
      assertThat(count(node, 0)).isEqualTo("1:1");
      node.deploy(v2);
      node.await(held);
      node.commit();
      assertThat(count(node, 0)).isEqualTo("2:11");
    }
  }

  @Test
  void namesTheKeyWhereARewriteThrowsAndKeepsNothing() throws Exception {
    byte[] broken =
        v2(
            () ->
                new Renaming(
                    (key, value, sink) -> {
                      throw new IllegalStateException("not a number");
                    }));
    try (TestNode node = node().start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.deploy(broken);
      node.block();
      node.block();
      CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
      node.until("held", () -> node.state() == BlockState.HELD);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("store counter", hex("last"), "not a number");
      node.deploy(v2);
      node.await(held);
      node.commit();
      assertThat(count(node, 0)).isEqualTo("2:11");
    }
  }

  @Test
  void namesBothSourcesWhereARewriteGivesOneKeyTwice() throws Exception {
    byte[] colliding = v2(() -> new Renaming((key, value, sink) -> sink.put(bytes("same"), value)));
    try (TestNode node = node().start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.deploy(colliding);
      node.block();
      node.block();
      node.finalizeBlock();
      node.until("held", () -> node.state() == BlockState.HELD);
      assertThat(node.node().status().heldFor().orElseThrow())
          .contains("store counter", hex("same"), hex("last") + " and " + hex("n"));
    }
  }

  @Test
  void givesTheSameRootHoweverOftenTheBlockIsExecuted() throws Exception {
    try (TestNode node = node().withSidecar(new OneFile(v2)).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(v2)));
      node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
      node.block();
      node.block();
      byte[] first = node.await(node.finalizeBlock(CounterModule.tx())).appHash();
      byte[] again = node.await(node.finalizeBlock(CounterModule.tx())).appHash();
      assertThat(again).isEqualTo(first);
      node.application().connect();
      assertThat(node.await(node.finalizeBlock(CounterModule.tx())).appHash()).isEqualTo(first);
      node.commit();
    }
  }

  @Test
  void cleansUpAfterACancelledPlan() throws Exception {
    try (TestNode node = node().withSidecar(new OneFile(v2)).start()) {
      node.block(PlanningModule.schedule("v2", HEIGHT, info(v2)));
      node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
      assertThat(folder.resolve("data/upgrade-info.json")).exists();
      node.block(PlanningModule.cancel());
      assertThat(upgradeState(node)).isEqualTo(UpgradeState.CANCELLED);
      assertThat(folder.resolve("data/upgrade-info.json")).doesNotExist();
      assertThat(node.node().generations()).hasSize(1);
      node.block();
      node.block(CounterModule.tx());
      assertThat(count(node, 0)).isEqualTo("1:1");
    }
  }

  @Test
  void cleansUpWhatASidecarBringsAfterItsPlanWasCancelled() throws Exception {
    byte[] v3 = bundles.generation("v3").module("2.0.0", CounterModule.two()).artifact();
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Sidecar late =
        new Sidecar() {
          @Override
          public String name() {
            return "fetch";
          }

          @Override
          public Path run(Task task, Progress progress) throws SidecarException {
            if (task.plan().name().equals("v2")) {
              started.countDown();
              awaitIgnoringInterrupts(cancelled);
              return new OneFile(v2).run(task, progress);
            }
            return new OneFile(v3).run(task, progress);
          }
        };
    try (TestNode node = node().withSidecar(late).start()) {
      node.block(PlanningModule.schedule("v2", HEIGHT, info(v2)));
      started.await();
      node.block(PlanningModule.cancel());
      cancelled.countDown();
      node.block(PlanningModule.schedule("v3", HEIGHT + 9, info(v3)));
      node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
      assertThat(node.node().generations())
          .extracting(generation -> generation.name())
          .containsExactly("genesis", "v3");
    }
  }

  @Test
  void triesAFailedDownloadAgainWhileThereIsTime() throws Exception {
    AtomicBoolean answers = new AtomicBoolean();
    Sidecar flaky = new OneFile(v2, answers);
    try (TestNode node = node().withSidecar(flaky).start()) {
      node.block(PlanningModule.schedule("v2", HEIGHT, info(v2)));
      node.until("a reason", () -> upgradeState(node) == UpgradeState.NOT_READY);
      assertThat(node.node().upgrade().orElseThrow().hold().orElseThrow().message())
          .contains("does not answer");
      answers.set(true);
      node.turn(1_000);
      node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
    }
  }

  @Test
  void runsWhatWasDeployedBeforeARestartForAPlanThatNamesNoBytes() throws Exception {
    try (TestNode node = node().start()) {
      node.deploy(v2);
      node.block(PlanningModule.schedule("v2", HEIGHT, ""));
      try (TestNode again = node.restart()) {
        again.until("ready", () -> upgradeState(again) == UpgradeState.READY);
        while (again.height() < HEIGHT) {
          again.block();
        }
        assertThat(again.node().status().generation()).isEqualTo("v2");
      }
    }
  }

  @Test
  void preparesAPendingPlanAgainAfterARestart() throws Exception {
    TestNode node = node().withSidecar(new OneFile(v2)).start();
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(v2)));
    try (TestNode restarted = node.restart()) {
      restarted.until("ready", () -> upgradeState(restarted) == UpgradeState.READY);
      restarted.block();
      restarted.block();
      restarted.block(CounterModule.tx());
      assertThat(count(restarted, 0)).isEqualTo("2:11");
    }
  }

  @Test
  void runsOnTheCodeThatTheStateNamesAfterARestart() throws Exception {
    TestNode node = node().withSidecar(new OneFile(v2)).start();
    upgrade(node);
    try (TestNode restarted = node.restart()) {
      assertThat(restarted.node().status().generation()).isEqualTo("v2");
      restarted.block(CounterModule.tx());
      assertThat(count(restarted, 0)).isEqualTo("2:11");
      assertThat(count(restarted, HEIGHT - 1)).isEqualTo("1:1");
    }
  }

  @Test
  void refusesAGenerationWhoseFactoryThrowsAndServesOn() throws Exception {
    byte[] broken =
        bundles
            .generation("v2")
            .module(
                "2.0.0",
                "counter",
                platform -> {
                  throw new IllegalStateException("factory on fire");
                })
            .artifact();
    try (TestNode node = node().start()) {
      node.block(CounterModule.tx());
      assertThatThrownBy(() -> node.deploy(broken)).hasMessageContaining("factory on fire");
      node.block(CounterModule.tx());
      assertThat(count(node, 0)).isEqualTo("1:2");
    }
  }

  private void upgrade(TestNode node) {
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(v2)));
    node.until("ready", () -> upgradeState(node) == UpgradeState.READY);
    while (node.height() < HEIGHT) {
      node.block();
    }
  }

  private TestNode.Builder node() {
    return aNode(folder).withBundles(bundles).withGenesis(genesis);
  }

  private byte[] v2(java.util.function.Supplier<UpgradeHandler> handler) {
    return bundles
        .generation("v2")
        .handler(handler)
        .module("2.0.0", CounterModule.two())
        .artifact();
  }

  private static String info(byte[] artifact) {
    return "{\"binaries\":{\"any\":\"https://example.org/v2.zip?checksum=sha256:"
        + Sha256.of(artifact)
        + "\"}}";
  }

  private static UpgradeState upgradeState(TestNode node) {
    return node.node().upgrade().map(UpgradeStatus::state).orElse(UpgradeState.NONE);
  }

  private static String count(TestNode node, long height) {
    return new String(
        node.query(CounterModule.QUERY, new byte[0], height).value(), StandardCharsets.US_ASCII);
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  private static byte[] bytes(String text) {
    return CounterModule.bytes(text);
  }

  /** Rewrites {@code n} to {@code total}. */
  private record Renaming(Rewriter rewriter) implements UpgradeHandler {
    Renaming() {
      this(
          (key, value, sink) ->
              sink.put(java.util.Arrays.equals(key, bytes("n")) ? bytes("total") : key, value));
    }

    @Override
    public List<StoreLoad> prepare(UpgradeContext context) {
      return List.of(new StoreLoad.Rewrite("counter", rewriter));
    }
  }

  /** Only migrates. */
  private static final class UpgradeHandlerOnly implements UpgradeHandler {}

  /** A sidecar whose server has one file. */
  private record OneFile(byte[] artifact, AtomicBoolean answers) implements Sidecar {
    OneFile(byte[] artifact) {
      this(artifact, new AtomicBoolean(true));
    }

    @Override
    public String name() {
      return "fetch";
    }

    @Override
    public Path run(Task task, Progress progress) throws SidecarException {
      if (!answers.get()) {
        throw new SidecarException("the server does not answer", true, null);
      }
      try {
        return Files.write(task.directory().resolve(task.sha256()), artifact);
      } catch (IOException e) {
        throw new SidecarException("the disk refuses", true, e);
      }
    }
  }
}
