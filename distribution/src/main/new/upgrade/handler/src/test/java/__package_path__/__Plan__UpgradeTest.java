package __package__;

import static io.segue.kernel.testkit.ArtifactAssert.assertThatArtifact;
import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.testkit.Bundles;
import io.segue.kernel.testkit.TestNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class __Plan__UpgradeTest {
  /** In app_state.json. */
  private static final long PLAN_HEIGHT = 6;

  @TempDir Path folder;

  @Test
  void bringsTheGuestBook() throws Exception {
    try (TestNode node = aNode(folder).withGenesisOf(genesis()).withAppState(appState()).start()) {
      node.deploy(Bundles.archive(classesOf("handler"), classesOf("__module__")));
      node.blocksUntil(PLAN_HEIGHT - 1);
      assertThat(node.roots()).doesNotContainKey("__module__");

      node.block();

      assertThat(node.node().status().generation()).isEqualTo("__plan__");
      byte[] entries = node.query("/__module__.v1.Query/Entries", new byte[0]).value();
      assertThat(new String(entries, StandardCharsets.UTF_8)).contains("has a guest book now");
    }
  }

  @Test
  void isAdmittedByNodes() throws Exception {
    assertThatArtifact(Bundles.archive(classesOf("handler"), classesOf("__module__"))).isAdmitted();
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
    try (var in = __Plan__UpgradeTest.class.getResourceAsStream("/app_state.json")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
