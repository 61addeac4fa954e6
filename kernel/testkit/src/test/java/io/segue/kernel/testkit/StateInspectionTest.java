package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.node.StateInspection.StoreCheck;
import io.segue.kernel.api.node.StateInspection.StoreStatus;
import io.segue.kernel.api.store.HeightUnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator learns of the stored state of a running node. */
class StateInspectionTest {
  @TempDir Path folder;

  private TestNode node;

  @BeforeEach
  void startNode() throws Exception {
    FakeBundles bundles = new FakeBundles();
    byte[] genesis =
        bundles
            .generation("genesis")
            .module(CounterModule.one())
            .module(new PlanningModule())
            .artifact();
    node = aNode(folder).withBundles(bundles).withGenesis(genesis).start();
    node.block(CounterModule.tx());
    node.block(CounterModule.tx());
  }

  @AfterEach
  void stopNode() {
    node.close();
  }

  @Test
  void listsTheStoresOfAHeightWithTheirRoots() {
    Map<String, String> roots =
        node.node().stores(0).stream()
            .collect(Collectors.toMap(StoreStatus::name, StoreStatus::root));
    assertThat(roots).isEqualTo(node.roots());
    assertThat(node.node().stores(2)).isEqualTo(node.node().stores(0));
    assertThat(node.node().stores(1)).isNotEqualTo(node.node().stores(0));
    assertThat(node.node().stores(0))
        .filteredOn(store -> store.name().equals("counter"))
        .singleElement()
        .satisfies(store -> assertThat(store.entries()).isEqualTo(2));
  }

  @Test
  void verifiesEveryStoreAndSaysHowFarItIs() {
    List<String> progress = new ArrayList<>();
    List<StoreCheck> checks =
        node.node()
            .verifyStores(
                1, (store, read, total) -> progress.add(store + " " + read + "/" + total));
    assertThat(checks).extracting(StoreCheck::store).containsExactly("counter", "upgrade");
    assertThat(checks).allMatch(StoreCheck::sound);
    assertThat(checks)
        .extracting(StoreCheck::recordedRoot)
        .containsExactlyElementsOf(node.node().stores(1).stream().map(StoreStatus::root).toList());
    long total = checks.stream().mapToLong(StoreCheck::entries).sum();
    assertThat(progress).first().isEqualTo("counter 2/" + total);
    assertThat(progress).last().isEqualTo("upgrade " + total + "/" + total);
  }

  @Test
  void readsOnlyHeightsThatAreThere() {
    assertThatThrownBy(() -> node.node().stores(3))
        .isInstanceOf(HeightUnavailableException.class)
        .hasMessageContaining("in the future");
    assertThatThrownBy(() -> node.node().verifyStores(3, (store, read, total) -> {}))
        .isInstanceOf(HeightUnavailableException.class);
  }

  @Test
  void refusesACheckpointInAFolderThatIsThereOrHasNoFullPath() {
    assertThatIOException()
        .isThrownBy(() -> node.node().checkpoint(folder))
        .withMessageContaining("is there already");
    assertThatIOException()
        .isThrownBy(() -> node.node().checkpoint(Path.of("copy")))
        .withMessageContaining("absolute path");
  }
}
