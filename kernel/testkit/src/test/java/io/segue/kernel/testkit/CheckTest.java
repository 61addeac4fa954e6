package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.untilHeld;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.Severity;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
          .extracting(Finding::rule, Finding::what)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(
                  "composition", "it is of plan v2, which is done already; nothing waits for it"));
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
      assertThat(upgrade(node).state()).isEqualTo("APPLIED");
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
      assertThat(upgrade(node).state()).isEqualTo("APPLIED");
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
    assertThat(upgrade(node).hold()).isEqualTo(HoldReason.MISSING.name());
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
