package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.testnet.CometBft;
import io.segue.bundles.nodes.Distribution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two nodes that join a network whose chain went through an upgrade: one by state sync of a height
 * after it, one that executes all blocks.
 */
class StateSyncIT {
  private static final String ADDRESSES = "127.0.11.";
  private static final int RPC_PORT = 26657;

  @TempDir Path folder;

  @Test
  void oneBeginsWithASnapshotAndOneWithGenesis() throws Exception {
    Testnet init = Testnet.init(folder.resolve("net"), 2, ADDRESSES);
    for (TestedNode node : init.nodes()) {
      node.set("io.segue.kernel", "snapshot-interval", "20");
      node.set("io.segue.kernel", "snapshot-keep-recent", "50");
    }
    TestedNode synced = null;
    TestedNode replaying = null;
    try (Testnet net = init.start()) {
      TestedNode first = net.node(0);
      String deploy = "upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath();
      net.nodes().forEach(node -> node.inShell(deploy));
      long upgrade = UpgradePlans.pass(first, "v2", 0, "", net.node(1));
      long snapshot = (upgrade / 20 + 1) * 20;
      net.nodes()
          .forEach(node -> node.until("a snapshot", () -> snapshots(node).containsKey(snapshot)));
      Map<Long, String> here = snapshots(first);
      Map<Long, String> there = snapshots(net.node(1));
      there.keySet().retainAll(here.keySet());
      assertThat(here).containsAllEntriesOf(there);
      assertThat(there).containsKey(snapshot);

      first.awaitHeight(snapshot + 3);
      synced = join(net, 3, trusting(net, upgrade + 1)).start();
      replaying = join(net, 4, "").start();

      TestedNode held = replaying.awaitHeight(2);
      held.until("the hold", () -> UpgradePlans.state(held).equals("HELD"));
      assertThat(held.shell("node:status").path("height").asLong()).isEqualTo(upgrade - 1);
      long pid = held.pid();
      held.inShell(deploy);

      for (TestedNode joined : List.of(synced, replaying)) {
        joined.until("the blocks of the others", () -> joined.height() >= first.height() - 3);
        long last = joined.height() - 1;
        for (long height = last; height < last + 4; height++) {
          assertThat(joined.rootAfter(height)).isEqualTo(first.rootAfter(height));
        }
        assertThat(joined.shell("node:status").path("generation").asText()).isEqualTo("v2");
        assertThat(joined.shell("store:verify").path("sound").asBoolean()).isTrue();
      }
      assertThat(held.shell("node:status").path("pid").asLong()).isEqualTo(pid);
      assertThat(replaying.shell("upgrade:history").toString()).contains("v2");
      assertThat(Files.readString(synced.home().resolve("log/console.log")))
          .contains("is restored from a snapshot");
      assertThat(synced.tryInShell("store:list --height " + upgrade).output())
          .contains("is pruned; the oldest height that can be read is");
      synced.stop();
      replaying.stop();
    } finally {
      end(synced);
      end(replaying);
    }
  }

  /** Leaves nothing running where the test failed. */
  private static void end(@Nullable TestedNode node) throws IOException {
    if (node != null && node.running()) {
      node.close();
      Path comet = node.home().resolve("run/cometbft.pid");
      if (Files.exists(comet)) {
        ProcessHandle.of(Long.parseLong(Files.readString(comet).strip()))
            .ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  /** Hashes by height. */
  private static Map<Long, String> snapshots(TestedNode node) {
    Map<Long, String> hashes = new TreeMap<>();
    for (JsonNode snapshot : node.shell("store:snapshots").path("snapshots")) {
      hashes.put(snapshot.path("height").asLong(), snapshot.path("hash").asText());
    }
    return hashes;
  }

  /** CometBFT's settings of state sync. */
  private static String trusting(Testnet net, long height) throws IOException {
    return """
        [statesync]
        enable = true
        rpc_servers = "%s,%s"
        trust_height = %d
        trust_hash = "%s"
        discovery_time = "5s"
        """
        .formatted(
            net.node(0).url(),
            net.node(1).url(),
            height,
            net.node(0).rpc("block?height=" + height).at("/block_id/hash").asText());
  }

  /** A home for the chain of a network, as docs/validators.md has it. */
  private TestedNode join(Testnet net, int number, String settings) throws IOException {
    String host = ADDRESSES + number;
    TestedNode node = TestedNode.of(folder.resolve("joined" + number), host, RPC_PORT);
    node.command("init", "--engine", "comet", "--chain-id", TestedNode.CHAIN_ID, "--no-passphrase");
    Path config = node.home().resolve("config");
    Files.copy(
        net.node(0).home().resolve("config/genesis.json"),
        config.resolve("genesis.json"),
        StandardCopyOption.REPLACE_EXISTING);
    for (String server : List.of("io.segue.rest", "io.segue.grpc", "io.segue.metrics")) {
      node.set(server, "host", host);
    }
    String proxy = "tcp://" + host + ":26658";
    node.set("io.segue.consensus.comet", "address", proxy);
    node.set("io.segue.consensus.comet", "rpc", node.url());
    node.set("io.segue.consensus.comet", "cometbft", CometBft.find().toAbsolutePath().toString());
    String peer = net.node(0).rpc("status").at("/node_info/id").asText();
    Files.writeString(
        config.resolve("config.toml"),
        """
        proxy_app = "%s"

        [rpc]
        laddr = "tcp://%s:%d"

        [p2p]
        laddr = "tcp://%s:26656"
        persistent_peers = "%s@%s1:26656"
        addr_book_strict = false
        allow_duplicate_ip = true

        %s"""
            .formatted(proxy, host, RPC_PORT, host, peer, ADDRESSES, settings));
    return node;
  }
}
