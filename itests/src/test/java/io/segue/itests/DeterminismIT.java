package io.segue.itests;

import io.segue.bundles.nodes.Distribution;
import io.segue.kernel.testkit.InMemoryStore;
import io.segue.kernel.testkit.TestNode;
import io.segue.kernel.testkit.determinism.Determinism;
import io.segue.kernel.testkit.determinism.Jvm;
import io.segue.kernel.testkit.determinism.Scenario;
import io.segue.kernel.testkit.determinism.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bundles of the distribution through their upgrades, in JVMs that differ. */
class DeterminismIT {
  /**
   * All but the interpreter, which takes minutes for the whole chain; modules have tests with it.
   */
  private static final List<Jvm> COMPILING = Jvm.few().subList(1, 4);

  @Test
  void everyNodeComputesTheSameThroughBothUpgrades() {
    Determinism.of(Blocks.class).in(COMPILING).check();
  }

  /** The committed input of {@link RootIT}: genesis, a signed transfer, plans v2 and v3. */
  public static final class Blocks implements Scenario {
    private static final long SECOND_PLAN_HEIGHT = 20;
    private static final long LAST_HEIGHT = 24;

    @Override
    public void run(Trace trace) throws Exception {
      Path folder = Files.createTempDirectory("chain");
      try (TestNode node =
          RootChain.in(folder, new InMemoryStore(), "app_state_v3.json", "").start()) {
        trace.block(node, RootChain.transfer());
        while (node.height() < LAST_HEIGHT) {
          long next = node.height() + 1;
          if (next == RootChain.PLAN_HEIGHT) {
            node.deploy(Files.readAllBytes(Distribution.upgrade("v2")));
          } else if (next == SECOND_PLAN_HEIGHT) {
            node.deploy(Files.readAllBytes(Distribution.upgrade("v3")));
          }
          trace.block(node);
        }
        trace.add("generation", node.node().status().generationDigest());
      } finally {
        delete(folder);
      }
    }

    private static void delete(Path folder) throws IOException {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(Blocks::deleteOne);
      }
    }

    private static void deleteOne(Path file) {
      try {
        Files.delete(file);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
