package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.TestNode.aNode;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.store.HeightUnavailableException;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The state of any height as the genesis of a chain that goes on from it. */
class StateExportTest {
  private static final long UPGRADE = 4;

  @TempDir Path folder;

  private final FakeBundles bundles = new FakeBundles();
  private byte[] genesis = {};
  private byte[] v2 = {};

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
  }

  @Test
  void aChainGoesOnFromTheLastHeightWithEqualRoots() throws Exception {
    try (TestNode node = upgraded();
        TestNode again = importOf(node.export(0), true)) {
      assertThat(again.height()).isEqualTo(node.height());
      assertThat(again.roots()).isEqualTo(node.roots());
      assertThat(again.node().status().generation()).isEqualTo("v2");
      assertThat(again.node().status().appVersion()).isEqualTo(2);
      again.block(CounterModule.tx());
      assertThat(again.export(0)).contains("\"total\":\"40\"");
    }
  }

  @Test
  void aHeightBeforeAnUpgradeIsExportedByItsOwnCodeAndUpgradesAgain() throws Exception {
    try (TestNode node = upgraded()) {
      String exported = node.export(UPGRADE - 1);
      try (TestNode again = importOf(exported, false)) {
        assertThat(again.height()).isEqualTo(UPGRADE - 1);
        assertThat(again.roots()).isEqualTo(node.roots(UPGRADE - 1));
        assertThat(again.node().upgrade().orElseThrow().plan().name()).isEqualTo("v2");

        again.deploy(v2);
        again.block(CounterModule.tx());
        assertThat(again.roots()).isEqualTo(node.roots(UPGRADE));
      }
    }
  }

  @Test
  void anImportedChainStartsAgain() throws Exception {
    try (TestNode node = upgraded()) {
      TestNode imported = importOf(node.export(0), true);
      imported.block(CounterModule.tx());
      try (TestNode again = imported.restart()) {
        assertThat(again.height()).isEqualTo(node.height() + 1);
        assertThat(again.node().status().generation()).isEqualTo("v2");
        again.block(CounterModule.tx());
      }
    }
  }

  @Test
  void twoExportsOfAHeightAreTheSameBytes() throws Exception {
    try (TestNode node = upgraded()) {
      String first = node.export(2);
      node.block(CounterModule.tx());
      assertThat(node.export(2)).isEqualTo(first);
      assertThat(first)
          .startsWith(
              "{\"genesis_time\":\"2026-01-01T00:00:02Z\",\"chain_id\":\""
                  + TestNode.CHAIN_ID
                  + "\",\"initial_height\":\"3\",\"consensus_params\":{\"block\":")
          .endsWith(
              "\"upgrade\":{\"generation\":\"\",\"protocol_version\":\"1\",\"plan\":{\"name\":"
                  + "\"v2\",\"height\":\"4\",\"info\":\"\"},\"done\":[],\"outcomes\":[],"
                  + "\"params\":{\"allow_abort\":false,\"check_invariants\":false},"
                  + "\"module_versions\":["
                  + "{\"name\":\"counter\",\"version\":\"1\"},{\"name\":\"upgrade\",\"version\":"
                  + "\"1\"}],\"other\":[]}}}");
    }
  }

  @Test
  void refusesHeightsThatAreNotThere() throws Exception {
    try (TestNode node = aNode(folder).withBundles(bundles).withGenesis(genesis).start()) {
      assertThatThrownBy(() -> node.export(0)).hasMessageContaining("no block is committed yet");
      node.block();
      assertThatThrownBy(() -> node.export(2)).isInstanceOf(HeightUnavailableException.class);
    }
  }

  @Test
  void refusesAnImportWithoutTheCodeItGoesOnWithAndSaysWhatToDo() throws Exception {
    try (TestNode node = upgraded()) {
      String exported = node.export(0);
      assertThatThrownBy(() -> importOf(exported, false))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("genesis.json goes on with generation v2 ")
          .hasMessageContaining("Copy the files in data/artifacts of the node that exported it");
    }
  }

  @Test
  void refusesAnImportByModulesOfOtherVersions() throws Exception {
    try (TestNode node = upgraded()) {
      String exported = node.export(2).replace("\"version\":\"1\"}]", "\"version\":\"3\"}]");
      assertThatThrownBy(() -> importOf(exported, false))
          .hasMessageContaining("exported by modules of the versions {counter=1, upgrade=3}");
    }
  }

  private TestNode upgraded() throws Exception {
    TestNode node = aNode(folder).withBundles(bundles).withGenesis(genesis).start();
    node.block(CounterModule.tx(), PlanningModule.schedule("v2", UPGRADE, ""));
    node.deploy(v2);
    while (node.height() < UPGRADE + 2) {
      node.block(CounterModule.tx());
    }
    return node;
  }

  /** A node that starts on an export, with the exporting node's artifacts or without. */
  private TestNode importOf(String document, boolean withArtifacts) throws Exception {
    Path home = Files.createDirectories(folder.resolve("import"));
    if (withArtifacts) {
      copy(folder.resolve("data/artifacts"), home.resolve("data/artifacts"));
    }
    String appState = after(document, "\"app_state\":");
    String initialHeight = after(document, "\"initial_height\":\"").split("\"")[0];
    return aNode(home)
        .withBundles(bundles)
        .withGenesis(genesis)
        .withAppState(appState.substring(0, appState.length() - 1))
        .withInitialHeight(Long.parseLong(initialHeight))
        .start();
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (var files = Files.list(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static String after(String text, String mark) {
    return text.substring(text.indexOf(mark) + mark.length());
  }

  /** Only migrates. */
  private static final class Nothing implements UpgradeHandler {}
}
