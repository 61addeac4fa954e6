package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.Severity;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a running node says of an artifact before it is deployed, and what becomes of careless code.
 */
class CheckTest {
  private static final long HEIGHT = 4;

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void showsTheGenerationThatADeploymentWouldMake() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CheckReport report = node.node().check(file(chain.v2));

      assertThat(report.findings()).isEmpty();
      assertThat(report.generation().orElseThrow().modules())
          .containsExactly(
              new ModuleChange("counter", "fake.counter 1.0.0", "fake.counter 2.0.0"),
              new ModuleChange("upgrade", "fake.upgrade 1.0.0", "fake.upgrade 1.0.0"));
      assertThat(node.node().generations()).hasSize(1);
      assertThat(node.deploy(chain.v2).generationDigest())
          .isEqualTo(report.generation().orElseThrow().digest());
    }
  }

  @Test
  void saysThatAPlanIsDone() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
      node.deploy(chain.v2);
      node.blocksUntil(HEIGHT);

      assertThat(node.node().check(file(chain.v2)).findings())
          .singleElement()
          .satisfies(
              finding ->
                  assertThat(finding.what())
                      .contains("is of plan v2, which is done already")
                      .contains("there is nothing to deploy"));
    }
  }

  @Test
  void saysThatThePendingPlanIsBoundToOtherBytes() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      String info =
          "{\"binaries\":{\"any\":\"https://x.example/v2.zip?checksum=sha256:%s\"}}"
              .formatted("a".repeat(64));
      node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info));

      CheckReport report = node.node().check(file(chain.v2));

      assertThat(report.admitted()).isFalse();
      assertThat(report.findings())
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.rule()).isEqualTo("wrong-digest");
                assertThat(finding.what()).contains("plan v2 is bound to " + "a".repeat(64));
              });
      assertThatThrownBy(() -> node.deploy(chain.v2)).hasMessageContaining("is bound to");
    }
  }

  @Test
  void saysThatAFactoryFailsOrDoesNotComeBack() throws Exception {
    CountDownLatch testOver = new CountDownLatch(1);
    byte[] failing =
        withFactory(
            platform -> {
              throw new IllegalStateException("no luck");
            });
    byte[] waiting =
        withFactory(
            platform -> {
              awaitUninterruptibly(testOver);
              return null;
            });
    try (TestNode node = chain.node(folder).start()) {
      assertThat(node.node().check(file(failing)).findings())
          .extracting(Finding::rule, Finding::what)
          .singleElement()
          .asString()
          .contains("the factory of module counter")
          .contains("no luck");

      node.settings(KernelSettings.DEFAULT.withFactoryTimeoutMs(50));

      assertThat(node.node().check(file(waiting)).findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.what()).contains("within 50 ms"));
      assertThat(node.node().generations()).hasSize(1);
    } finally {
      testOver.countDown();
    }
  }

  private byte[] withFactory(ModuleFactory factory) {
    return chain.bundles.generation("v2").module("2.0.0", "counter", factory).artifact();
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void saysThatThereIsNoFile() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      assertThatThrownBy(() -> node.node().check(folder.resolve("v2.zip")))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("v2.zip is no file");
    }
  }

  @Test
  void carelessCodeIsHeldForUntilAMendedBundleComes() throws Exception {
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node);
      assertThatThrownBy(() -> node.deploy(careless()))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("bundle fake.generation.v2 1.0.0 is refused")
          .hasMessageContaining("x.Careless.run: calls java.lang.System.nanoTime()")
          .hasMessageContaining("use Context.time()");
      assertThat(count(node)).as("the old code serves").isEqualTo("1:1");

      node.deploy(chain.v2);

      node.await(held);
      node.commit();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.APPLIED);
      assertThat(count(node)).isEqualTo("2:11");
    }
  }

  @Test
  void carelessCodeRunsWhereTheOperatorVouchesForIt() throws Exception {
    byte[] artifact = careless();
    try (TestNode node = chain.node(folder).start()) {
      CompletableFuture<FinalizeBlockResponse> held = holdAtHeight(node);
      CheckReport refused = node.node().check(file(artifact));
      assertThat(refused.admitted()).isFalse();

      node.settings(KernelSettings.DEFAULT.withAdmit(Set.of(refused.bundles().get(0).sha256())));

      assertThat(node.node().check(file(artifact)).findings())
          .singleElement()
          .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.NOTE));
      node.deploy(artifact);
      node.await(held);
      node.commit();
      assertThat(upgrade(node).state()).isEqualTo(UpgradeState.APPLIED);
    }
  }

  @Test
  void aVouchedDigestThatIsNoneIsRefused() {
    assertThatThrownBy(() -> KernelSettings.DEFAULT.withAdmit(Set.of("v2.zip")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("admit = v2.zip")
        .hasMessageContaining("upgrade:check shows the one of each bundle");
  }

  private static CompletableFuture<FinalizeBlockResponse> holdAtHeight(TestNode node) {
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
    node.blocksUntil(HEIGHT - 1);
    CompletableFuture<FinalizeBlockResponse> held = node.finalizeBlock(CounterModule.tx());
    untilHeld(node);
    assertThat(upgrade(node).hold().orElseThrow().reason()).isEqualTo(HoldReason.MISSING.name());
    return held;
  }

  /** Plan v2 with nothing but a handler, in a bundle that has a class which reads the clock. */
  private byte[] careless() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Manifest-Version", "1.0");
    headers.put("Bundle-ManifestVersion", "2");
    headers.put("Bundle-SymbolicName", "fake.generation.v2");
    headers.put("Bundle-Version", "1.0.0");
    headers.put(
        "Provide-Capability",
        "io.segue.generation;effective:=generation;plan=v2;handler=\"fake.Handler\"");
    return chain.bundles.bundle(
        headers,
        "fake.Handler",
        () -> new UpgradeHandler() {},
        Map.of("x/Careless.class", readingTheClock()));
  }

  private static byte[] readingTheClock() {
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    writer.visit(Opcodes.V17, Opcodes.ACC_PUBLIC, "x/Careless", null, "java/lang/Object", null);
    MethodVisitor method =
        writer.visitMethod(Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC, "run", "()J", null, null);
    method.visitCode();
    method.visitMethodInsn(Opcodes.INVOKESTATIC, "java/lang/System", "nanoTime", "()J", false);
    method.visitInsn(Opcodes.LRETURN);
    method.visitMaxs(0, 0);
    method.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  private Path file(byte[] artifact) throws Exception {
    return Files.write(folder.resolve("checked.zip"), artifact);
  }
}
