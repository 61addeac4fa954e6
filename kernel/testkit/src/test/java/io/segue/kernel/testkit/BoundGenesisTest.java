package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain whose genesis says which bundles it begins with. */
class BoundGenesisTest {
  @TempDir Path folder;

  private final FakeBundles bundles = new FakeBundles();
  private byte[] own = {};
  private String ownDigest = "";

  @BeforeEach
  void learnTheDigest() throws Exception {
    own = bundles.generation("genesis").module(CounterModule.one()).artifact();
    try (TestNode node =
        aNode(folder.resolve("first")).withBundles(bundles).withGenesis(own).start()) {
      ownDigest = node.node().status().generationDigest();
    }
  }

  @Test
  void startsWhereTheBundlesAreThose() throws Exception {
    try (TestNode node = bound(ownDigest).start()) {
      node.block(CounterModule.tx());
      assertThat(node.node().status().generationDigest()).isEqualTo(ownDigest);
    }
  }

  @Test
  void refusesOtherBundlesAndNamesBothDigests() {
    String other = "ab".repeat(32);
    assertThatThrownBy(() -> bound(other).start())
        .hasMessageContaining("binds the chain to generation " + other)
        .hasMessageContaining("this node's genesis is " + ownDigest)
        .hasMessageContaining("--allow-unbound");
  }

  @Test
  void runsOtherBundlesWhereTheOperatorAllowsItAndOnlyThen() throws Exception {
    TestNode.Builder builder = bound("ab".repeat(32));
    TestNode node = builder.withSettings(KernelSettings.DEFAULT.allowingUnbound()).start();
    node.block(CounterModule.tx());
    String root = node.root();
    try (TestNode restarted = node.restart()) {
      assertThat(restarted.root()).isEqualTo(root);
      restarted.block(CounterModule.tx());
      assertThat(restarted.node().status().generationDigest()).isEqualTo(ownDigest);
    }

    builder.withSettings(KernelSettings.DEFAULT);
    assertThatThrownBy(builder::start)
        .isInstanceOf(IllegalArgumentException.class)
        .hasCauseInstanceOf(GenerationException.class)
        .hasMessageContaining("bound to generation genesis " + "ab".repeat(32))
        .hasMessageContaining("began it with " + ownDigest)
        .hasMessageContaining("--allow-unbound again");
  }

  @Test
  void theRootDependsOnWhatTheGenesisSaysAndNotOnWhatTheNodeHas() throws Exception {
    try (TestNode bound = bound(ownDigest).start();
        TestNode unbound =
            aNode(folder.resolve("unbound"))
                .withBundles(bundles)
                .withGenesis(bundles.generation("genesis").module(CounterModule.one()).artifact())
                .withAppState("{\"upgrade\":{\"generation\":\"" + ownDigest + "\"}}")
                .withSettings(KernelSettings.DEFAULT.allowingUnbound())
                .start()) {
      bound.block(CounterModule.tx());
      unbound.block(CounterModule.tx());
      assertThat(unbound.node().status().generationDigest()).isNotEqualTo(ownDigest);
      assertThat(unbound.root()).isEqualTo(bound.root());
    }
  }

  private TestNode.Builder bound(String digest) {
    return aNode(folder.resolve("node"))
        .withBundles(bundles)
        .withGenesis(own)
        .withAppState("{\"upgrade\":{\"generation\":\"" + digest + "\"}}");
  }
}
