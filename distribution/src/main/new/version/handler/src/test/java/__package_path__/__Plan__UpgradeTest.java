package __package__;

import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
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

  /** The state that version __before.version__ wrote, exported by its code and by the new one. */
  @Test
  void keepsWhatTheVersionBeforeWrote() throws Exception {
    try (TestNode node =
        aNode(folder).withGenesisOf(genesis()__before.bundles__).withAppState(appState()).start()) {
      node.deploy(Bundles.archive(classesOf("handler"), classesOf("__module__")));
      node.blocksUntil(PLAN_HEIGHT - 1);
      Value before = exported(node);

      node.block();

      assertThat(node.node().status().generation()).isEqualTo("__plan__");
      assertThat(exported(node)).isEqualTo(before);
    }
  }

  /** The state of the module, as the code of the last height exports it. */
  private static Value exported(TestNode node) throws Exception {
    Struct.Builder genesis = Struct.newBuilder();
    JsonFormat.parser().merge(node.export(node.height()), genesis);
    Struct appState = genesis.getFieldsOrThrow("app_state").getStructValue();
    return appState.getFieldsOrThrow("__module__")__exported__;
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
