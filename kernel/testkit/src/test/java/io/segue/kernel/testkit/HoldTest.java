package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.awaitIgnoringInterrupts;
import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.info;
import static io.segue.kernel.testkit.CounterChain.until;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static io.segue.kernel.testkit.Holding.HEIGHT;
import static io.segue.kernel.testkit.Holding.assertGoesOn;
import static io.segue.kernel.testkit.Holding.assertHeld;
import static io.segue.kernel.testkit.Holding.handling;
import static io.segue.kernel.testkit.Holding.holdAtHeight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.segue.kernel.admission.artifact.BundleFile;
import io.segue.kernel.admission.artifact.Loading;
import io.segue.kernel.admission.artifact.Sha256;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.node.GenerationState;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.PastUpgrade;
import io.segue.kernel.api.node.UpgradeOutcome;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.generation.BundleSpace;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kind of hold that an artifact makes: what it is called, what it tells the operator, and the
 * way out of it.
 */
class HoldTest {
  private static final CountDownLatch NEVER = new CountDownLatch(1);

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void aPlanWithoutBundlesIsMissingThem() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, "");
      assertHeld(node, HoldReason.MISSING, "not bound");
      assertThat(upgrade(node).hold().orElseThrow().nextStep())
          .contains("upgrade:deploy <file or url>");
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
            chain ->
                chain.v2(
                    CounterChain.Renaming::new, new Holding.Beginning(new AtomicBoolean(true)))));
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
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("v2", UpgradeOutcome.APPLIED, insteadOf));
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
    until(node, UpgradeState.READY);
    node.deployInsteadOf(Sha256.of(bad), chain.v2);
    node.until("repair", () -> upgrade(node).code().insteadOf().equals(Sha256.of(bad)));
    try (TestNode restarted = node.restart()) {
      until(restarted, UpgradeState.READY);
      assertThat(upgrade(restarted).code().insteadOf()).isEqualTo(Sha256.of(bad));
      restarted.block();
      restarted.block();
      restarted.block(CounterModule.tx());
      assertThat(count(restarted)).isEqualTo("2:11");
      assertThat(upgrade(restarted).code().insteadOf()).isEqualTo(Sha256.of(bad));
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
            .withSpace(new WatchedBundles(chain.bundles, resolves, ConcurrentHashMap.newKeySet()));
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
  void aDeploymentThatCanNotBeRememberedIsRefusedAndLeavesNothing() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node, "");
      Path inTheWay = Files.createDirectories(folder.resolve("config").resolve("instead-of.tmp"));
      assertThatThrownBy(() -> node.deploy(chain.v2))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("instead-of.tmp");
      assertThat(node.node().generations()).noneMatch(g -> g.state() == GenerationState.READY);
      Files.delete(inTheWay);
      node.deploy(chain.v2);
      assertGoesOn(node, held);
    }
  }

  @Test
  void aFactoryThatDoesNotComeBackHoldsNeitherThePreparationNorTheOperator() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    try {
      assertHoldsNobody(
          platform -> {
            awaitIgnoringInterrupts(never);
            throw new IllegalStateException("much too late");
          });
    } finally {
      never.countDown();
    }
  }

  @Test
  void aClassWhoseInitialisationDoesNotComeBackHoldsNobodyEither() throws Exception {
    try {
      assertHoldsNobody(platform -> Stuck.module());
    } finally {
      NEVER.countDown();
    }
  }

  @Test
  void whatAFactoryMakesTooLateIsRemovedAgain() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    byte[] slow =
        chain
            .bundles
            .generation("v2")
            .module(
                "2.0.0",
                "counter",
                platform -> {
                  awaitIgnoringInterrupts(late);
                  return CounterModule.one();
                })
            .artifact();
    Set<BundleSpace.Installed> present = ConcurrentHashMap.newKeySet();
    TestNode.Builder parts =
        chain
            .node(folder)
            .withSpace(new WatchedBundles(chain.bundles, new AtomicBoolean(true), present))
            .withSettings(KernelSettings.DEFAULT.withFactoryTimeoutMs(100));
    try (TestNode node = parts.start()) {
      Set<BundleSpace.Installed> before = Set.copyOf(present);
      assertThatThrownBy(() -> node.deploy(slow)).hasMessageContaining("factoryTimeoutMs");
      node.until("the bundles to come", () -> present.size() > before.size());
      late.countDown();
      node.until("the late bundles to go", () -> present.equals(before));
    }
  }

  @Test
  void closingWaitsForAGenerationThatIsBeingPutTogether() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    byte[] slow =
        chain
            .bundles
            .generation("v2")
            .module(
                "2.0.0",
                "counter",
                platform -> {
                  CountDownLatch written = new CountDownLatch(1);
                  CompletableFuture.delayedExecutor(300, TimeUnit.MILLISECONDS)
                      .execute(written::countDown);
                  begun.countDown();
                  awaitIgnoringInterrupts(written);
                  ended.set(true);
                  return CounterModule.one();
                })
            .artifact();
    try (TestNode node = chain.node(folder).withSidecar(new CounterChain.Bringing(slow)).start()) {
      node.block(PlanningModule.schedule("v2", HEIGHT, info(slow)));
      begun.await();
    }
    assertThat(ended).isTrue();
  }

  private void assertHoldsNobody(ModuleFactory factory) throws Exception {
    byte[] bad = chain.bundles.generation("v2").module("2.0.0", "counter", factory).artifact();
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

  private static UpgradeHandler aborting() {
    return new UpgradeHandler() {
      @Override
      public void handle(UpgradeContext context) {
        throw new UpgradeAborted("the state is not as it should be");
      }
    };
  }

  /** A module whose class waits when it is used first. */
  private static final class Stuck {
    private static final Module MODULE = muchTooLate();

    private static Module muchTooLate() {
      awaitIgnoringInterrupts(NEVER);
      throw new IllegalStateException("much too late");
    }

    static Module module() {
      return MODULE;
    }
  }

  /** A module under another name. */
  private static final class Renamed extends Delegating {
    Renamed(String name, Module module) {
      super(name, module);
    }
  }

  /**
   * Bundles that can't be resolved while a test says so.
   *
   * @param present those that are installed
   */
  private record WatchedBundles(FakeBundles bundles, AtomicBoolean resolves, Set<Installed> present)
      implements BundleSpace {
    @Override
    public Installed install(BundleFile file, Loading loading) throws GenerationException {
      Installed installed = bundles.space().install(file, loading);
      present.add(installed);
      return installed;
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
    public void uninstall(Collection<? extends Installed> installed) {
      present.removeAll(installed);
    }

    @Override
    public Set<String> platformNames() {
      return Set.of();
    }
  }
}
