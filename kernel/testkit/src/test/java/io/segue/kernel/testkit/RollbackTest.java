package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.CounterChain.count;
import static io.segue.kernel.testkit.CounterChain.info;
import static io.segue.kernel.testkit.CounterChain.until;
import static io.segue.kernel.testkit.CounterChain.upgrade;
import static org.assertj.core.api.Assertions.assertThat;

import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.core.block.HeightSettings;
import io.segue.kernel.core.node.KernelSettings;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State and code go back together by one height. */
class RollbackTest {
  private static final long HEIGHT = 3;

  @TempDir Path folder;

  private final CounterChain chain = new CounterChain();

  @Test
  void anOrdinaryBlockIsExecutedAgainToTheSameRoot() throws Exception {
    TestNode node = chain.node(folder).start();
    node.block(CounterModule.tx());
    node.block(CounterModule.tx());
    String root = node.root();
    try (TestNode back = node.rollback()) {
      assertThat(back.height()).isEqualTo(1);
      assertThat(count(back)).isEqualTo("1:1");
      back.block(CounterModule.tx());
      assertThat(back.root()).isEqualTo(root);
    }
  }

  @Test
  void theOldCodeIsCurrentBelowAnUpgradeAndThePlanIsPending() throws Exception {
    TestNode node = chain.node(folder).withSidecar(new CounterChain.Bringing(chain.v2)).start();
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, info(chain.v2)));
    until(node, UpgradeState.READY);
    node.block();
    String before = node.root();
    node.block(CounterModule.tx());
    String after = node.root();
    assertThat(count(node)).isEqualTo("2:11");
    try (TestNode back = node.rollback()) {
      assertThat(back.root()).isEqualTo(before);
      assertThat(back.node().status().generation()).isEqualTo("genesis");
      assertThat(back.node().status().appVersion()).isEqualTo(1);
      assertThat(back.node().history()).isEmpty();
      assertThat(count(back)).isEqualTo("1:1");
      until(back, UpgradeState.READY);
      assertThat(upgrade(back).plan().name()).isEqualTo("v2");
      back.block(CounterModule.tx());
      assertThat(back.root()).isEqualTo(after);
      assertThat(count(back)).isEqualTo("2:11");
      back.block(CounterModule.tx());
      assertThat(count(back)).isEqualTo("2:21");
    }
  }

  @Test
  void aPlanThatDidHarmIsSkippedAfterTheRollback() throws Exception {
    TestNode node = chain.node(folder).start();
    node.deploy(chain.v2);
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", HEIGHT, ""));
    node.block();
    node.block(CounterModule.tx());
    try (TestNode back = node.rollback()) {
      back.settings(KernelSettings.DEFAULT.withHeights(new HeightSettings(Set.of(HEIGHT), 0, 0)));
      back.block(CounterModule.tx());
      assertThat(count(back)).isEqualTo("1:2");
      assertThat(upgrade(back).state()).isEqualTo(UpgradeState.SKIPPED);
    }
  }
}
