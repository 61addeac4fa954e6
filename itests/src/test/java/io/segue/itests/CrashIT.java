package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.ArtifactServer;
import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.core.crash.CrashPoint;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Kills a node at every named place of an upgrade. Each run starts from a copy of one home, whose
 * chain has the plan pending; started again, it must come to the root of the run that nobody
 * disturbed. Each build kills at every second place: at those of even numbers, or as the property
 * {@value #HALF} says; the property {@value #ALL} has it kill at all of them.
 */
class CrashIT {
  /** System property that asks for every place. */
  static final String ALL = "segue.crash.allPlaces";

  /** System property: 0 or 1, the half of the places that is tried; 0 where it says nothing. */
  static final String HALF = "segue.crash.half";

  /** Blocks from the proposal to the plan's height; enough for proposal and vote. */
  private static final int AHEAD = 40;

  /** With few heights kept, so that those of the old code are soon pruned. */
  private static final String STORE = "io.segue.store";

  @TempDir static Path folder;

  private static ArtifactServer server;
  private static TestedNode pending;
  private static long height;
  private static String root;

  @BeforeAll
  static void bringAChainShortlyBeforeItsUpgrade() {
    server = new ArtifactServer(Distribution.upgrade("v2"));
    pending = TestedNode.init(folder.resolve("pending")).set(STORE, "pruning", "everything");
    pending.start().awaitHeight(1);
    height =
        UpgradePlans.pass(
            pending, "v2", AHEAD, UpgradePlans.info(server.url(), Distribution.upgrade("v2")));
    assertThat(pending.height()).as("the plan's height is still ahead").isLessThan(height - 2);
    pending.stop();
    try (TestedNode undisturbed = pending.copyTo(folder.resolve("undisturbed")).start()) {
      root = undisturbed.rootAfter(height);
    }
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  static Stream<CrashPoint> places() {
    return Arrays.stream(CrashPoint.values())
        .filter(
            place ->
                Boolean.getBoolean(ALL) || place.ordinal() % 2 == Integer.getInteger(HALF, 0) % 2);
  }

  @ParameterizedTest
  @MethodSource("places")
  void findsTheUndisturbedRootAfterAKillAt(CrashPoint place) {
    try (TestedNode node = pending.copyTo(folder.resolve(place.name()))) {
      node.start("-D" + CrashPoint.PROPERTY + "=" + place.name());
      assertThat(node.awaitExit()).as("the place was reached").isEqualTo(CrashPoint.EXIT_STATUS);
      node.start();
      assertThat(node.rootAfter(height)).isEqualTo(root);
      node.stop();
    }
  }
}
