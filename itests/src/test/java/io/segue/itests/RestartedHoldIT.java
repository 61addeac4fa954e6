package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.segue.itests.broken.ThrowingHandler;
import io.segue.kernel.testkit.SmallDisk;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is stopped while it holds, and started again, serves as it did before. */
class RestartedHoldIT {
  private static final String KERNEL = "io.segue.kernel";

  @TempDir Path folder;

  @Test
  void servesInEveryKindOfHoldAfterARestart() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home"), "--voting-period", "10s")) {
      Path genesis = node.home().resolve("config/genesis.json");
      Files.writeString(
          genesis,
          Files.readString(genesis)
              .replaceFirst("\"initial_height\" *: *\"1\"", "\"initial_height\": \"10\""));
      node.set(KERNEL, "halt-height", "5").start();
      awaitHold(node, "halt per configuration height 5");
      assertThat(node.rpc("status").at("/sync_info/latest_block_height").asText()).isEqualTo("0");
      assertThat(node.rpc("genesis").at("/genesis/initial_height").asText()).isEqualTo("10");

      node.set(KERNEL, "halt-height", "0").awaitHeight(12);
      node.set(KERNEL, "halt-height", "11");
      awaitHold(node, "halt per configuration height 11");
      assertServesAfterARestart(node, "halt per configuration height 11");

      node.set(KERNEL, "halt-height", "0");
      // The next proposal has the sequence after that of the transfer that waited.
      node.until(
          "the transfer", () -> node.rpc("num_unconfirmed_txs").path("n_txs").asText().equals("0"));
      long height = UpgradePlans.pass(node, "v2", UpgradePlans.AHEAD, "");
      awaitHold(node, "upgrade:deploy");
      assertServesAfterARestart(node, "upgrade:deploy");
      assertThat(UpgradePlans.status(node).path("hold").asText()).isEqualTo("MISSING");
      assertThat(timesNeeded(node)).as("once for each of two processes").isEqualTo(2);

      Path jar = BrokenUpgrade.write(folder.resolve("broken.jar"), "v2", ThrowingHandler.class);
      node.inShell("upgrade:deploy " + jar.toAbsolutePath());
      awaitHold(node, "the handler is broken");
      assertServesAfterARestart(node, "the handler is broken");
      assertThat(timesNeeded(node)).as("no bundles were missing").isEqualTo(2);

      node.set(KERNEL, "skip-heights", "" + height).awaitHeight(height + 1);
    }
  }

  @Test
  void saysWhatIsWrongWithARefusedGenesisAfterARestart() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      Path genesis = node.home().resolve("config/genesis.json");
      String good = Files.readString(genesis);
      String bad = good.replaceFirst("\"max_validators\" *: *100", "\"max_validators\": 0");
      assertThat(bad).isNotEqualTo(good);
      Files.writeString(genesis, bad);
      for (int i = 0; i < 2; i++) {
        node.start();
        awaitHealth(node, "\"part\":\"genesis\"", "max validators must be positive");
        assertThat(node.rpc("status").at("/sync_info/latest_block_height").asText()).isEqualTo("0");
        assertThat(node.shell("node:status").toString()).contains("config/genesis.json");
        node.stop();
      }
      Files.writeString(genesis, good);
      node.start().awaitHeight(2);
    }
  }

  @Test
  void waitsForItsGenesisTimeAfterARestart() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home"))) {
      Path genesis = node.home().resolve("config/genesis.json");
      String time = Instant.now().plusSeconds(3600).truncatedTo(ChronoUnit.SECONDS).toString();
      Files.writeString(
          genesis,
          Files.readString(genesis)
              .replaceFirst(
                  "\"genesis_time\" *: *\"[^\"]+\"", "\"genesis_time\": \"" + time + "\""));
      for (int i = 0; i < 2; i++) {
        node.start();
        awaitHealth(node, "\"reason\":\"GENESIS_TIME\"", time);
        assertThat(node.rpc("genesis").at("/genesis/genesis_time").asText()).isEqualTo(time);
        node.stop();
      }
    }
  }

  @Test
  void servesWhereTheEngineHoldsAfterARestart() throws IOException {
    try (TestedNode node = TestedNode.init(folder.resolve("home")).start()) {
      node.awaitHeight(3);
      node.stop();
      Path blocks = node.home().resolve("data/blocks");
      Path aside = folder.resolve("aside");
      Files.move(blocks, aside);
      for (int i = 0; i < 2; i++) {
        node.start();
        awaitHealth(node, "\"part\":\"engine\"");
        assertThat(node.shell("node:status").path("state").asText()).isEqualTo("HELD");
        assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
        node.stop();
      }
      remove(blocks);
      Files.move(aside, blocks);
      node.start().awaitHeight(5);
    }
  }

  @Test
  void goesOnByItselfOnceAFullDiskHasRoomAfterARestart() throws IOException {
    assumeTrue(SmallDisk.permitted(), "this process may not mount a small disk");
    TestedNode node = TestedNode.init(folder.resolve("home"));
    Path log = node.home().resolve("data/blocks/log");
    try (node;
        SmallDisk disk = SmallDisk.at(log, 8 << 20)) {
      node.start().awaitHeight(2);
      disk.fill();
      awaitHealth(node, "\"part\":\"engine\"", "DISK_FULL");
      node.stop();
      node.start();
      awaitHealth(node, "\"part\":\"engine\"", "DISK_FULL");
      long height = node.height();
      assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
      disk.free();
      node.awaitHeight(height + 2);
      assertThat(node.health().statusCode()).isEqualTo(200);
      node.stop();
    }
  }

  private static void awaitHealth(TestedNode node, String... words) {
    node.until(
        "the hold",
        () -> {
          HttpResponse<String> health = node.health();
          return health.statusCode() == 503 && Stream.of(words).allMatch(health.body()::contains);
        });
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** How often the node said the words that tools of operators bring bundles for. */
  private static long timesNeeded(TestedNode node) throws IOException {
    return node.consoles()
        .lines()
        .filter(line -> line.contains("UPGRADE \"v2\" NEEDED at height"))
        .count();
  }

  /** Waits until the shell and the servers, which start later, tell of it. */
  private static void awaitHold(TestedNode node, String reason) {
    node.until("the hold", () -> node.tryInShell("node:status").output().contains(reason));
    awaitHealth(node, reason);
  }

  private static void assertServesAfterARestart(TestedNode node, String reason) throws IOException {
    long height = node.height();
    node.stop();
    node.start();
    awaitHold(node, reason);
    node.awaitHeight(height);
    assertThat(node.height()).isEqualTo(height);
    assertThat(node.rpc("block?height=" + height).at("/block/header/height").asLong())
        .isEqualTo(height);
    assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
    assertThat(node.rpc("num_unconfirmed_txs").has("n_txs")).isTrue();
    node.segue("tx", "bank", "send", "alice", "validator", "7stake");
  }
}
