package io.segue.kernel.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Sidecar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the kernel gets on with sidecars, good and bad. */
class SidecarRunTest {
  private static final long HEIGHT = 9;

  @TempDir Path home;
  private final FakeBundles bundles = new FakeBundles();
  private byte[] genesis;
  private byte[] v2;

  @BeforeEach
  void declareGenerations() {
    genesis =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .artifact();
    v2 = bundles.generation("v2").module("2.0.0", CounterModule.two()).artifact();
  }

  @Test
  void showsHowFarASidecarIs() throws Exception {
    CountDownLatch shown = new CountDownLatch(1);
    Sidecar slow =
        sidecar(
            (task, progress) -> {
              progress.at(1 << 20, 4 << 20);
              shown.await();
              return Files.write(task.directory().resolve(task.sha256()), v2);
            });
    try (TestNode node = start(slow)) {
      node.block(schedule(v2));
      node.until("progress", () -> !status(node).progress().now().isEmpty());
      assertThat(status(node).progress().now())
          .isEqualTo("sidecar fetch: 1.0 MiB of 4.0 MiB (25 %)");

      shown.countDown();
      node.until("ready", () -> status(node).state() == UpgradeState.READY);
      assertThat(status(node).progress().now()).isEmpty();
    }
  }

  @Test
  void takesAFileFromWhereverASidecarLeftIt() throws Exception {
    Sidecar elsewhere = sidecar((task, progress) -> Files.write(home.resolve("made"), v2));
    try (TestNode node = start(elsewhere)) {
      node.block(schedule(v2));
      node.until("ready", () -> status(node).state() == UpgradeState.READY);
      assertThat(home.resolve("data/artifacts").resolve(digest(v2))).exists();
    }
  }

  @Test
  void refusesAFileWithAnotherDigestAndNamesBoth() throws Exception {
    byte[] other = bundles.generation("v2").module("2.0.1", CounterModule.two()).artifact();
    Sidecar wrong = sidecar((task, progress) -> Files.write(home.resolve("made"), other));
    try (TestNode node = start(wrong)) {
      node.block(schedule(v2));
      node.until("a reason", () -> status(node).state() == UpgradeState.NOT_READY);
      assertThat(status(node).hold().orElseThrow().message())
          .contains("the sidecar fetch brought " + home.resolve("made"))
          .contains(digest(other))
          .contains("plan v2 is bound to " + digest(v2));
    }
  }

  @Test
  void namesTheSettingOfASidecarThatIsNotAllowed() throws Exception {
    String info =
        "{\"sidecar\":{\"name\":\"exec\",\"command\":\"x\"},\"binaries\":{\"any\":"
            + "\"https://x/y?checksum=sha256:"
            + digest(v2)
            + "\"}}";
    try (TestNode node = start(sidecar((task, progress) -> home))) {
      node.block(PlanningModule.schedule("v2", HEIGHT, info));
      node.until("a reason", () -> status(node).state() == UpgradeState.NOT_READY);
      assertThat(status(node).hold().orElseThrow().message())
          .contains("the sidecar exec, which this node does not allow (sidecars = fetch)");
      assertThat(status(node).hold().orElseThrow().reason()).isEqualTo("SIDECAR_MISSING");
    }
  }

  private TestNode start(Sidecar sidecar) throws Exception {
    return TestNode.aNode(home)
        .withBundles(bundles)
        .withGenesis(genesis)
        .withSidecar(sidecar)
        .start();
  }

  private static byte[] schedule(byte[] artifact) {
    return PlanningModule.schedule(
        "v2",
        HEIGHT,
        "{\"binaries\":{\"any\":\"https://x/y?checksum=sha256:" + digest(artifact) + "\"}}");
  }

  private static String digest(byte[] artifact) {
    return HexFormat.of().formatHex(Sha256.of(artifact));
  }

  private static UpgradeStatus status(TestNode node) {
    return node.node().upgrade().orElseThrow();
  }

  private interface Work {
    Path run(Sidecar.Task task, Sidecar.Progress progress) throws IOException, InterruptedException;
  }

  private static Sidecar sidecar(Work work) {
    return new Sidecar() {
      @Override
      public String name() {
        return "fetch";
      }

      @Override
      public Path run(Task task, Progress progress) throws InterruptedException {
        try {
          return work.run(task, progress);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
