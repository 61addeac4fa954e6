package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.Node.DeployException;
import io.segue.kernel.api.node.Node.GenerationStatus;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.node.KernelSettings;
import io.segue.kernel.core.node.SnapshotSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every height by its own code, across two upgrades, on the production kernel. */
class PastHeightsTest {
  private static final long V2 = 4;
  private static final long V3 = 7;

  @TempDir Path folder;

  private final FakeBundles bundles = new FakeBundles();
  private final InMemoryStore store = new InMemoryStore();
  private byte[] genesis = {};
  private byte[] v2 = {};
  private byte[] v3 = {};

  @BeforeEach
  void declareGenerations() {
    genesis =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .artifact();
    v2 =
        bundles
            .generation("v2")
            .handler(Nothing::new)
            .module("2.0.0", CounterModule.two())
            .artifact();
    v3 =
        bundles
            .generation("v3")
            .handler(Nothing::new)
            .module("3.0.0", CounterModule.two(100))
            .artifact();
  }

  @Test
  void eachHeightIsAnsweredByTheCodeThatRanIt() throws Exception {
    try (TestNode node = upgradedTwice()) {
      assertThat(count(node, V2 - 1)).isEqualTo("1:3");
      assertThat(count(node, V2)).isEqualTo("2:10");
      assertThat(count(node, V3 - 1)).isEqualTo("2:30");
      assertThat(count(node, V3)).isEqualTo("2:130");
    }
  }

  @Test
  void aQueryAtAPastHeightSeesTheBlockOfThatHeight() throws Exception {
    try (TestNode node = upgradedTwice()) {
      assertThat(answer(node, CounterModule.BLOCK, 2)).isEqualTo("2 2026-01-01T00:00:02Z 1");
      assertThat(answer(node, CounterModule.BLOCK, V2)).isEqualTo("4 2026-01-01T00:00:04Z 2");
      assertThat(answer(node, CounterModule.BLOCK, 0)).isEqualTo("7 2026-01-01T00:00:07Z 3");
      try (TestNode restarted = node.restart()) {
        assertThat(answer(restarted, CounterModule.BLOCK, 2)).isEqualTo("2 2026-01-01T00:00:02Z 1");
      }
    }
  }

  @Test
  void aStartLoadsTheCurrentGenerationAloneAndTheOthersWhenTheyAreAsked() throws Exception {
    try (TestNode node = upgradedTwice().restart()) {
      assertThat(states(node)).containsExactly("genesis UNLOADED", "v2 UNLOADED", "v3 CURRENT");
      assertThat(count(node, V3 - 1)).isEqualTo("2:30");
      assertThat(states(node)).containsExactly("genesis UNLOADED", "v2 SERVING", "v3 CURRENT");
      assertThat(count(node, 1)).isEqualTo("1:1");
      assertThat(states(node)).containsExactly("genesis SERVING", "v2 SERVING", "v3 CURRENT");
    }
  }

  @Test
  void whatIsMissingIsNamedAndServedOnceItIsDeployed() throws Exception {
    TestNode before = upgradedTwice();
    String digest = before.node().generations().get(0).digest();
    before.close();
    loseCounterOfGenesis(before);
    try (TestNode node = before.restart()) {
      QueryResponse refused = node.query(CounterModule.QUERY, new byte[0], 2);
      assertThat(refused.code()).isEqualTo(18);
      assertThat(refused.log())
          .startsWith("failed to load code at height 2; generation genesis " + digest)
          .contains("deploy the artifact of plan genesis (upgrade:deploy)");

      assertThat(check(node, genesis)).isEmpty();
      assertThat(node.deploy(genesis).generationDigest()).isEqualTo(digest);
      assertThat(count(node, 2)).isEqualTo("1:2");
    }
  }

  @Test
  void anArtifactOfThePastMustGiveTheGenerationThatTheChainRan() throws Exception {
    TestNode before = upgradedTwice();
    before.close();
    loseCounterOfGenesis(before);
    byte[] other =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .artifact();
    try (TestNode node = before.restart()) {
      assertThat(check(node, other)).singleElement().asString().contains("but the chain ran");
      assertThatThrownBy(() -> node.deploy(other))
          .isInstanceOf(DeployException.class)
          .hasMessageContaining("but the chain ran");
    }
  }

  @Test
  void whatTheNodeHasIsNotDeployedAgain() throws Exception {
    try (TestNode node = upgradedTwice()) {
      assertThat(check(node, v2)).singleElement().asString().contains("nothing to deploy");
      assertThatThrownBy(() -> node.deploy(v2)).hasMessageContaining("nothing to deploy");
    }
  }

  @Test
  void aStartRemovesWhatBelongsToNothingAndKeepsTheWholeChain() throws Exception {
    upgradedTwice().close();
    Path artifacts = folder.resolve("data/artifacts");
    Path stray = Files.writeString(artifacts.resolve("ab".repeat(32)), "of a cancelled plan");
    List<String> before = names(artifacts);
    try (TestNode node = node().withSettings(keepingNothingUnused()).start()) {
      node.until("the file to go", () -> !Files.exists(stray));
      assertThat(names(artifacts)).isEqualTo(without(before, stray));
      assertThat(count(node, 1)).isEqualTo("1:1");
    }
  }

  private static KernelSettings keepingNothingUnused() {
    KernelSettings usual = KernelSettings.DEFAULT;
    return new KernelSettings(
        usual.minimumGasPrices(),
        usual.sidecars(),
        usual.generationIdleMs(),
        usual.heights(),
        usual.factoryTimeoutMs(),
        usual.admit(),
        0,
        usual.slowStepMs(),
        usual.stepTimeoutMs(),
        usual.upgradeStepTimeoutMs(),
        usual.queries(),
        0,
        SnapshotSettings.OFF,
        false);
  }

  private static List<String> without(List<String> names, Path file) {
    return names.stream().filter(name -> !file.endsWith(name)).toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  /** Removes a bundle of the first generation that no later one carries over. */
  /** What a check says is refused. */
  private List<String> check(TestNode node, byte[] artifact) throws Exception {
    return node
        .node()
        .check(Files.write(folder.resolve("checked.zip"), artifact))
        .findings()
        .stream()
        .map(CheckReport.Finding::what)
        .toList();
  }

  private void loseCounterOfGenesis(TestNode node) throws IOException {
    String sha256 =
        node.node().generations().get(0).bundles().stream()
            .filter(bundle -> bundle.symbolicName().equals("fake.counter"))
            .findFirst()
            .orElseThrow()
            .sha256();
    Files.delete(folder.resolve("data/artifacts").resolve(sha256));
  }

  private TestNode.Builder node() {
    return aNode(folder).withBundles(bundles).withGenesis(genesis).withStore(store);
  }

  private TestNode upgradedTwice() throws Exception {
    TestNode node = node().start();
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", V2, ""));
    node.deploy(v2);
    while (node.height() < V2) {
      node.block(CounterModule.tx());
    }
    node.block(CounterModule.tx(), PlanningModule.schedule("v3", V3, ""));
    node.deploy(v3);
    while (node.height() < V3) {
      node.block(CounterModule.tx());
    }
    return node;
  }

  private static String count(TestNode node, long height) {
    return answer(node, CounterModule.QUERY, height);
  }

  private static String answer(TestNode node, String path, long height) {
    QueryResponse response = node.query(path, new byte[0], height);
    assertThat(response.log()).isEmpty();
    return new String(response.value(), StandardCharsets.US_ASCII);
  }

  private static List<String> states(TestNode node) {
    return node.node().generations().stream()
        .map((GenerationStatus status) -> status.name() + " " + status.state())
        .toList();
  }

  /** Only migrates. */
  private static final class Nothing implements UpgradeHandler {}
}
