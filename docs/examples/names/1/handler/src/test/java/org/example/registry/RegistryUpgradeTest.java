package org.example.registry;

import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.testkit.Bundles;
import io.segue.kernel.testkit.TestNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryUpgradeTest {
  /** In app_state.json. */
  private static final long PLAN_HEIGHT = 6;

  @TempDir Path folder;

  @Test
  void bringsTheRegistry() throws Exception {
    try (TestNode node = aNode(folder).withGenesisOf(genesis()).withAppState(appState()).start()) {
      node.deploy(Bundles.archive(classesOf("handler"), classesOf("names")));
      node.blocksUntil(PLAN_HEIGHT - 1);
      assertThat(node.roots()).doesNotContainKey("names");

      node.block();

      assertThat(node.node().status().generation()).isEqualTo("registry");
    }
  }

  /** A bundle of this project, as it is being built. */
  private static Path classesOf(String bundle) {
    return Path.of("..", bundle, "target", "classes");
  }

  /** The bundles of the distribution. */
  private static Path genesis() {
    return Path.of(System.getProperty("segue.dist"), "genesis");
  }

  /** A chain whose governance passes the plan in its fourth block. */
  private static String appState() throws Exception {
    try (var in = RegistryUpgradeTest.class.getResourceAsStream("/app_state.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
