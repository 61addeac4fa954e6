package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import io.segue.bundles.store.rocksdb.RocksStateStore;
import io.segue.bundles.store.rocksdb.database.StoreOptions;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.testkit.TestNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole application of the distribution through its upgrades, on a real store, with committed
 * input: a genesis with proposals in their voting period, and one signed transfer. The roots of the
 * stores before and after are named here, so that a change of what they hold can't go unseen.
 *
 * <p>The store {@code upgrade} is left out: it holds the digest of the bundles themselves, which
 * changes with every build that changes them.
 */
class RootIT {
  private static final long NEXT_PLAN_HEIGHT = 20;

  private static final Map<String, String> BEFORE =
      Map.of(
          "acc", "894f04d03cb409993f251ab0742f9598d6824da5a266569d39c83c152b9a34bb",
          "bank", "d84e74f46065b007f88dc71585bc4dc26eb470eb97b62b122309102765eb42b6",
          "gov", "1ca3fa60e290b64adf4ac1a2518fa3a127c26ef17e1aa6ef7b9cdb090a016961",
          "staking", "f45c5c0fd034010c222a8d7ec27720b7b6411c15500ca78991f67fd27f8e61ca");

  private static final Map<String, String> AFTER =
      Map.of(
          "acc", "894f04d03cb409993f251ab0742f9598d6824da5a266569d39c83c152b9a34bb",
          "bank", "d5ec132bb1b97ebbaaa2f2016ef6ce6f397b74b61cedd760ada91c3cd132cd03",
          "feemarket", "5055c04d2b2206a772876a72aed864b0efb4be642ce69e6dab1e9763f9cf9a73",
          "gov", "1ca3fa60e290b64adf4ac1a2518fa3a127c26ef17e1aa6ef7b9cdb090a016961",
          "staking", "f45c5c0fd034010c222a8d7ec27720b7b6411c15500ca78991f67fd27f8e61ca");

  private static final Map<String, String> AFTER_V3 =
      Map.of(
          "acc", "894f04d03cb409993f251ab0742f9598d6824da5a266569d39c83c152b9a34bb",
          "bank", "31c2943e2d9b641f0767948130455b2236c2e7ffc7cd65747abd2182c08e51be",
          "gov", "2eb047d9fb9e16ece483ca0df9cfc0b37414687264f86b8e9e264a5a944224a8",
          "stakes", "8734ba9845e3a0d4f9035646e881abd4242bacabc21b0df235bfce871d895c58",
          "upgradeparams", "d8e92f3a199da5ba0a4338ea9854c34cf88b6505c70ec4087c4314cdfefa15bb");

  @TempDir Path folder;

  @Test
  void comesToTheNamedRoots() throws Exception {
    try (StateStore store = store();
        TestNode node = RootChain.in(folder, store, "app_state.json", "").start()) {
      assertThat(node.block(RootChain.transfer()).txResults().get(0).log()).isEmpty();
      advance(node, RootChain.PLAN_HEIGHT - 1);
      assertThat(named(node)).isEqualTo(BEFORE);
      apply(node, "v2");
      assertThat(named(node)).isEqualTo(AFTER);
    }
  }

  @Test
  void comesToTheNamedRootsThroughASecondUpgrade() throws Exception {
    try (StateStore store = store();
        TestNode node = RootChain.in(folder, store, "app_state_v3.json", "").start()) {
      assertThat(node.block(RootChain.transfer()).txResults().get(0).log()).isEmpty();
      advance(node, RootChain.PLAN_HEIGHT - 1);
      apply(node, "v2");
      advance(node, NEXT_PLAN_HEIGHT - 1);
      apply(node, "v3");
      assertThat(named(node)).isEqualTo(AFTER_V3);
    }
  }

  private StateStore store() throws IOException {
    return RocksStateStore.open(
        Files.createDirectory(folder.resolve("state")), StoreOptions.defaults());
  }

  private static void advance(TestNode node, long height) {
    while (node.height() < height) {
      node.block();
    }
  }

  private static void apply(TestNode node, String plan) throws Exception {
    node.deploy(Files.readAllBytes(Distribution.upgrade(plan)));
    node.block();
    assertThat(node.node().status().generation()).isEqualTo(plan);
  }

  private static SortedMap<String, String> named(TestNode node) {
    SortedMap<String, String> roots = new TreeMap<>(node.roots());
    roots.remove("upgrade");
    return roots;
  }
}
