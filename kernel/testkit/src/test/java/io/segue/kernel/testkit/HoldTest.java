package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.info;
import static io.segue.kernel.testkit.CounterChain.until;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Context;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.PastUpgrade;
import io.segue.kernel.api.upgrade.Sidecar;
import io.segue.kernel.api.upgrade.SidecarException;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.block.BlockState;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.generation.Sha256;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of hold: what it is called, what it tells the operator, and the way out of it. */
class HoldTest {
  private static final long HEIGHT = 4;

  /** Longer than the pause after which the loop tries again by itself. */
  private static final long LONG_MS = 6_000;

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void aPlanWithoutBundlesIsMissingThem() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, "");
      assertHeld(node, HoldReason.MISSING, "not bound");
      assertThat(upgrade(node).nextStep()).contains("upgrade:deploy <file or url>");
      node.deploy(chain.v2);
      assertGoesOn(node, held);
    }
  }

  /** Artifacts that can't run, each with the hold that it makes. */
  static Stream<org.junit.jupiter.params.provider.Arguments> badArtifacts() {
    return Stream.of(
        bad(HoldReason.ARTIFACT, chain -> "no archive".getBytes(StandardCharsets.UTF_8)),
        bad(
            HoldReason.MANIFEST,
            chain -> chain.bundles.generation("v2").setting("x", "1").setting("x", "2").artifact()),
        bad(HoldReason.ADMISSION, chain -> bundle(chain, "Bundle-Activator", "x.Activator")),
        bad(
            HoldReason.COMPOSITION,
            chain -> chain.bundles.generation("v2").removed("nobody").artifact()),
        bad(HoldReason.NEWER_KERNEL, chain -> chain.bundles.generation("v2").rules(99).artifact()),
        bad(
            HoldReason.FACTORY,
            chain ->
                chain
                    .bundles
                    .generation("v2")
                    .module(
                        "2.0.0",
                        "counter",
                        platform -> {
                          throw new IllegalStateException("on fire");
                        })
                    .artifact()),
        bad(
            HoldReason.MODULES,
            chain ->
                chain
                    .bundles
                    .generation("v2")
                    .module(new Renamed("second", CounterModule.one()))
                    .artifact()),
        bad(
            HoldReason.HANDLER,
            chain ->
                chain.v2(
                    () -> {
                      throw new IllegalStateException("no handler today");
                    })),
        bad(HoldReason.HANDLER, chain -> chain.v2(() -> handling("no such parameter"))),
        bad(
            HoldReason.LOADER,
            chain ->
                chain.v2(
                    () ->
                        new CounterChain.Renaming(
                            (key, value, sink) -> {
                              throw new IllegalStateException("not a number");
                            }))),
        bad(HoldReason.ABORTED, chain -> chain.v2(HoldTest::aborting)),
        bad(
            HoldReason.MODULES,
            chain -> chain.v2(CounterChain.Renaming::new, new Beginning(new AtomicBoolean(true)))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("badArtifacts")
  void aRepairGetsOutOfABadArtifact(HoldReason reason, Function<CounterChain, byte[]> maker)
      throws Exception {
    byte[] bad = maker.apply(chain);
    TestNode.Builder parts = chain.node(folder).withSidecar(new CounterChain.Bringing(bad));
    try (TestNode node = parts.start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(bad));
      String before = node.root();
      assertHeld(node, reason, "");
      assertThatThrownBy(() -> node.deploy(chain.v2))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("add --instead-of " + Sha256.of(bad));
      node.deployInsteadOf(Sha256.of(bad), chain.v2);
      assertThat(node.root()).isEqualTo(before);
      assertGoesOn(node, held);
      assertToldEverAfter(node, Sha256.of(bad));
      try (TestNode restarted = node.restart()) {
        assertToldEverAfter(restarted, Sha256.of(bad));
      }
    }
  }

  private static void assertToldEverAfter(TestNode node, String insteadOf) {
    assertThat(node.node().history())
        .extracting(PastUpgrade::name, PastUpgrade::outcome, PastUpgrade::insteadOf)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("v2", "APPLIED", insteadOf));
    assertThat(node.node().generations())
        .filteredOn(generation -> generation.name().equals("v2"))
        .extracting(generation -> generation.insteadOf())
        .containsExactly(insteadOf);
  }

  @Test
  void aRepairSurvivesARestartBeforeTheHeight() throws Exception {
    byte[] bad = chain.v2(() -> handling("no such parameter"));
    TestNode node = chain.node(folder).withSidecar(new CounterChain.Bringing(bad)).start();
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(bad)));
    until(node, "READY");
    node.deployInsteadOf(Sha256.of(bad), chain.v2);
    node.until("repair", () -> upgrade(node).insteadOf().equals(Sha256.of(bad)));
    try (TestNode restarted = node.restart()) {
      until(restarted, "READY");
      assertThat(upgrade(restarted).insteadOf()).isEqualTo(Sha256.of(bad));
      restarted.block();
      restarted.block();
      restarted.block(CounterModule.tx());
      assertThat(count(restarted)).isEqualTo("2:11");
      assertThat(upgrade(restarted).insteadOf()).isEqualTo(Sha256.of(bad));
    }
  }

  @Test
  void aRepairHasToNameTheDigestInThePlan() throws Exception {
    byte[] other = chain.v2(() -> handling("another"));
    try (TestNode node = chain.node(folder).start()) {
      assertThatThrownBy(() -> node.deployInsteadOf("ab".repeat(32), chain.v2))
          .hasMessageContaining("no pending plan v2 names a digest")
          .hasMessageContaining("without --instead-of");
      node.block(PlanningModule.schedule("v2", HEIGHT, info(other)));
      assertThatThrownBy(() -> node.deployInsteadOf("ab".repeat(32), chain.v2))
          .hasMessageContaining("is bound to " + Sha256.of(other))
          .hasMessageContaining("name the digest in the plan");
      assertThat(folder.resolve("config/instead-of")).doesNotExist();
    }
  }

  @Test
  void bytesWithAnotherDigestAreRefusedUntilTheRightOnesAreDeployed() throws Exception {
    byte[] other = chain.v2(() -> handling("another"));
    TestNode.Builder parts = chain.node(folder).withSidecar(new CounterChain.Bringing(other));
    try (TestNode node = parts.start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(chain.v2));
      assertHeld(node, HoldReason.WRONG_DIGEST, Sha256.of(chain.v2));
      node.deploy(chain.v2);
      assertGoesOn(node, held);
    }
  }

  @Test
  void aBundleThatDoesNotResolveIsRepaired() throws Exception {
    byte[] bad = chain.v2(() -> handling("never reached"));
    AtomicBoolean resolves = new AtomicBoolean(true);
    TestNode.Builder parts =
        chain
            .node(folder)
            .withSidecar(new CounterChain.Bringing(bad))
            .withBundles(new Unresolving(chain.bundles, resolves));
    try (TestNode node = parts.start()) {
      resolves.set(false);
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(bad));
      assertHeld(node, HoldReason.UNRESOLVED, "no exporter of x");
      resolves.set(true);
      node.deployInsteadOf(Sha256.of(bad), chain.v2);
      assertGoesOn(node, held);
    }
  }

  @Test
  void aFactoryThatDoesNotComeBackHoldsNeitherThePreparationNorTheOperator() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    byte[] bad =
        chain
            .bundles
            .generation("v2")
            .module(
                "2.0.0",
                "counter",
                platform -> {
                  awaitIgnoringInterrupts(never);
                  throw new IllegalStateException("much too late");
                })
            .artifact();
    KernelSettings impatient = KernelSettings.DEFAULT.withFactoryTimeoutMs(100);
    TestNode.Builder parts =
        chain.node(folder).withSettings(impatient).withSidecar(new CounterChain.Bringing(bad));
    try (TestNode node = parts.start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(bad));
      assertHeld(node, HoldReason.FACTORY, "within 100 ms (factoryTimeoutMs)");
      assertThatThrownBy(() -> node.deploy(bad)).hasMessageContaining("factoryTimeoutMs");
      node.settings(KernelSettings.DEFAULT);
      node.deployInsteadOf(Sha256.of(bad), chain.v2);
      assertGoesOn(node, held);
    } finally {
      never.countDown();
    }
  }

  @Test
  void aSidecarThatFailedRunsAgainByCommand() throws Exception {
    CounterChain.Bringing sidecar = new CounterChain.Bringing(chain.v2);
    sidecar.answers = false;
    try (TestNode node = chain.node(folder).withSidecar(sidecar).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, info(chain.v2));
      assertHeld(node, HoldReason.SIDECAR, "the server does not answer");
      assertThat(upgrade(node).nextStep()).contains("upgrade:retry");
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
      until(node, "NOT_READY");
      assertThat(upgrade(node).hold()).isEqualTo("SIDECAR");
      sidecar.answers = true;
      node.node().retry();
      until(node, "READY");
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
      assertThat(upgrade(node).nextStep()).contains("etc/io.segue.upgrade.cfg");
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
        assertThat(upgrade(node).hold()).isEqualTo("DISK_FULL");
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
  void anEngineThatAsksAnewWhileACommitIsHeldHearsThatItFailed() throws Exception {
    FullDisk disk = new FullDisk(new InMemoryStore());
    try (TestNode node = chain.node(folder).withStore(disk.store).start()) {
      node.await(node.finalizeBlock(CounterModule.tx()));
      disk.fill("commit");
      CompletableFuture<?> commit = node.application().commit().toCompletableFuture();
      untilHeld(node);
      disk.free();
      node.application().info();
      node.until("an answer", commit::isDone);
      assertThat(commit).isCompletedExceptionally();
      assertThat(node.height()).isZero();
      node.block(CounterModule.tx());
      assertThat(count(node)).isEqualTo("1:1");
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
  void anOrdinaryBlockThatFailsIsTriedAgainByCommand() throws Exception {
    AtomicBoolean broken = new AtomicBoolean();
    TestNode.Builder parts =
        TestNode.aNode(folder)
            .withBundles(chain.bundles)
            .withGenesis(chain.genesis(new Beginning(broken)));
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
      assertHeld(node, HoldReason.HANDLER, "OutOfMemoryError");
      broken.set(false);
      node.node().retry();
      node.await(held);
      node.commit();
      assertThat(upgrade(node).state()).isEqualTo("APPLIED");
    }
  }

  private static org.junit.jupiter.params.provider.Arguments bad(
      HoldReason reason, Function<CounterChain, byte[]> maker) {
    return arguments(reason, maker);
  }

  private static byte[] bundle(CounterChain chain, String header, String value) {
    Map<String, String> headers =
        new java.util.LinkedHashMap<>(
            Map.of(
                "Manifest-Version",
                "1.0",
                "Bundle-ManifestVersion",
                "2",
                "Bundle-SymbolicName",
                "fake.generation.v2",
                "Bundle-Version",
                "1.0.0",
                "Provide-Capability",
                "io.segue.generation;effective:=generation;plan=v2;handler=\"fake.Handler\""));
    headers.put(header, value);
    return chain.bundles.bundle(headers, "fake.Handler", () -> new UpgradeHandler() {});
  }

  /** Brings the chain to the plan's height, whose block is held. */
  private CompletableFuture<FinalizeBlockResponse> holdAtHeight(TestNode node, String info) {
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info));
    node.block();
    node.block();
    CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
    untilHeld(node);
    return held;
  }

  private static void assertHeld(TestNode node, HoldReason reason, String message) {
    assertThat(upgrade(node).state()).isEqualTo("HELD");
    assertThat(upgrade(node).hold()).isEqualTo(reason.name());
    assertThat(upgrade(node).nextStep()).isEqualTo(reason.nextStep());
    assertThat(upgrade(node).missing()).contains(message);
    assertThat(node.node().status().heldFor().orElseThrow()).contains(reason.nextStep());
    assertThat(count(node)).as("the old code serves").startsWith("1:");
  }

  private static void assertGoesOn(TestNode node, CompletableFuture<FinalizeBlockResponse> held) {
    node.await(held);
    node.commit();
    assertThat(count(node)).isEqualTo("2:11");
    assertThat(upgrade(node).state()).isEqualTo("APPLIED");
    assertThat(upgrade(node).hold()).isEmpty();
    assertThat(node.node().status().heldFor()).isEmpty();
    node.block(CounterModule.tx());
    assertThat(count(node)).isEqualTo("2:21");
  }

  private static UpgradeHandler handling(String failure) {
    return new UpgradeHandler() {
      @Override
      public void handle(UpgradeContext context) {
        throw new IllegalStateException(failure);
      }
    };
  }

  private static UpgradeHandler aborting() {
    return new UpgradeHandler() {
      @Override
      public void handle(UpgradeContext context) {
        throw new UpgradeAborted("the state is not as it should be");
      }
    };
  }

  private static void awaitIgnoringInterrupts(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        // As a factory does that loops: the interrupt is lost.
      }
    }
  }

  /** The counter whose begin of a block fails while a test says so. */
  private static final class Beginning extends Delegating {
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

  /** A module under another name. */
  private static final class Renamed extends Delegating {
    Renamed(String name, Module module) {
      super(name, module);
    }
  }

  /** Bundles that can't be resolved while a test says so. */
  private record Unresolving(FakeBundles bundles, AtomicBoolean resolves) implements BundleSpace {
    @Override
    public Installed install(byte[] jar, String sha256) {
      return bundles.install(jar, sha256);
    }

    @Override
    public void resolve(Collection<? extends Installed> installed) throws GenerationException {
      if (!resolves.get()) {
        throw new GenerationException(HoldReason.UNRESOLVED, "there is no exporter of x");
      }
    }

    @Override
    public void loadClasses(Collection<? extends Installed> installed) {}

    @Override
    public void uninstall(Collection<? extends Installed> installed) {}

    @Override
    public Set<String> platformNames() {
      return Set.of();
    }
  }
}
