package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.bundles.nodes.Distribution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three versions of CosmJS, as they are published, against a node as users run it. */
class CosmJsIT {
  /** Addresses of the keys that {@code common.mjs} has. */
  private static final List<String> ACCOUNTS =
      List.of(
          "cosmos19rl4cm2hmr8afy4kldpxz3fka4jguq0auqdal4",
          "cosmos15yk64u7zc9g9k2yr2wmzeva5qgwxps6yxj00e7");

  private static ClientProgram client;

  @TempDir Path folder;

  @BeforeAll
  static void install() throws Exception {
    client =
        ClientProgram.of("js", "node", "npm")
            .prepare(Duration.ofMinutes(5), "npm", "ci", "--no-audit", "--no-fund");
  }

  @Test
  void signsAsksAndSubscribesOverHttpAndWebSocket() throws Exception {
    try (TestedNode node = node("600s")) {
      assertThat(clients(node.url())).hasSize(3 * (20 + 7));
      assertThat(clients(socket(node))).hasSize(3 * (4 + 7));
    }
  }

  @Test
  void noRequestFailsAndNoEventIsLostWhileTheChainUpgradesItself() throws Exception {
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try (TestedNode node = node("20s")) {
      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      String[] line = {"node", "upgrade.mjs", node.url(), socket(node), "0.39", "v2", "110"};
      Future<List<String>> lines = beside.submit(() -> client.run(Duration.ofMinutes(3), line));
      node.until(
          "the proposal",
          () -> lines.isDone() || !node.shell("gov:proposals").path("proposals").isEmpty());
      if (!lines.isDone()) {
        node.segue("tx", "gov", "vote", "1", "yes", "--from", "validator", "--wait");
      }
      assertThat(lines.get()).hasSize(6).allSatisfy(said -> assertThat(said).startsWith("ok "));
    } finally {
      beside.shutdownNow();
    }
  }

  private TestedNode node(String votingPeriod) {
    return TestedNode.init(
            folder.resolve("home"),
            "--account",
            ACCOUNTS.get(0) + "=1000000000stake",
            "--account",
            ACCOUNTS.get(1) + "=1000000000stake",
            "--voting-period",
            votingPeriod)
        .start()
        .awaitHeight(2);
  }

  private static String socket(TestedNode node) {
    return node.url().replace("http://", "ws://");
  }

  /** All passed, of every version. */
  private static List<String> clients(String url) throws Exception {
    List<String> lines =
        client.run(Duration.ofMinutes(8), "node", "clients.mjs", url, "0.32", "0.34", "0.39");
    assertThat(lines).allSatisfy(line -> assertThat(line).startsWith("ok "));
    return lines;
  }
}
