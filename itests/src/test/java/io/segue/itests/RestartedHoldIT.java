package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import io.segue.itests.broken.ThrowingHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is stopped while it holds, and started again, serves as it did before. */
class RestartedHoldIT {
  private static final String KERNEL = "io.segue.kernel";

  @TempDir Path folder;

  @Test
  void servesInEveryKindOfHoldAfterARestart() throws IOException {
    try (NodeProcess node = NodeProcess.init(folder.resolve("home"), "--voting-period", "10s")) {
      Path genesis = node.home().resolve("config/genesis.json");
      Files.writeString(
          genesis,
          Files.readString(genesis)
              .replaceFirst("\"initial_height\" *: *\"1\"", "\"initial_height\": \"10\""));
      node.set(KERNEL, "halt-height", "5").start("-Xmx512m");
      awaitHold(node, "halt per configuration height 5");
      assertThat(node.rpc("status").at("/sync_info/latest_block_height").asText()).isEqualTo("0");
      assertThat(node.rpc("genesis").at("/genesis/initial_height").asText()).isEqualTo("10");

      node.set(KERNEL, "halt-height", "0").awaitHeight(12);
      node.set(KERNEL, "halt-height", "11");
      awaitHold(node, "halt per configuration height 11");
      assertServesAfterARestart(node, "halt per configuration height 11");

      node.set(KERNEL, "halt-height", "0").awaitHeight(node.height() + 1);
      long height = Upgrades.pass(node, "v2", 80, "");
      awaitHold(node, "upgrade:deploy");
      assertServesAfterARestart(node, "upgrade:deploy");
      assertThat(Upgrades.status(node).path("hold").asText()).isEqualTo("MISSING");
      assertThat(timesNeeded(node)).as("once for each of two processes").isEqualTo(2);

      Path jar = BrokenUpgrade.write(folder.resolve("broken.jar"), "v2", ThrowingHandler.class);
      node.command("shell", "-c", "upgrade:deploy " + jar.toAbsolutePath());
      awaitHold(node, "the handler is broken");
      assertServesAfterARestart(node, "the handler is broken");
      assertThat(timesNeeded(node)).as("no bundles were missing").isEqualTo(2);

      node.set(KERNEL, "skip-heights", "" + height).awaitHeight(height + 1);
    }
  }

  /** How often the node said the words that tools of operators bring bundles for. */
  private static long timesNeeded(NodeProcess node) throws IOException {
    try (Stream<String> lines = Files.lines(node.home().resolve("log/console.log"))) {
      return lines.filter(line -> line.contains("UPGRADE \"v2\" NEEDED at height")).count();
    }
  }

  private static void awaitHold(NodeProcess node, String reason) {
    node.until("the hold", () -> node.run("shell", "-c", "node:status").output().contains(reason));
  }

  private static void assertServesAfterARestart(NodeProcess node, String reason)
      throws IOException {
    long height = node.height();
    node.stop();
    node.start("-Xmx512m");
    awaitHold(node, reason);
    assertThat(node.health().statusCode()).isEqualTo(503);
    assertThat(node.health().body()).contains(reason);
    node.awaitHeight(height);
    assertThat(node.height()).isEqualTo(height);
    assertThat(node.rpc("block?height=" + height).at("/block/header/height").asLong())
        .isEqualTo(height);
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
    assertThat(node.rpc("num_unconfirmed_txs").has("n_txs")).isTrue();
    node.segue("tx", "bank", "send", "alice", "validator", "7stake");
  }
}
