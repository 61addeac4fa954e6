package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four validators under CometBFT: an upgrade that one of them is late for, and processes that end.
 */
class NetworkIT {
  private static final int LATE = 3;

  @TempDir Path folder;

  @Test
  void threeGoOnAndTheFourthCatchesUp() throws Exception {
    try (Testnet net = Testnet.init(folder.resolve("net"), 4, "127.0.7.").start()) {
      net.nodes().forEach(node -> node.awaitHeight(2));
      NodeProcess first = net.node(0);
      NodeProcess late = net.node(LATE);
      List<NodeProcess> others = net.nodes().subList(0, LATE);
      String deploy = "upgrade:deploy " + Distribution.upgrade().toAbsolutePath();
      others.forEach(node -> node.inShell(deploy));
      long[] pids = net.nodes().stream().mapToLong(NetworkIT::pid).toArray();

      long height = Upgrades.pass(first, "v2", 30, "", net.node(1), net.node(2));
      others.forEach(node -> node.awaitHeight(height + 3));
      late.until("the hold", () -> Upgrades.state(late).equals("HELD"));
      assertThat(late.shell("node:status").path("height").asLong()).isEqualTo(height - 1);
      late.inShell(deploy);
      late.awaitHeight(height + 3);
      assertThat(net.nodes().stream().mapToLong(NetworkIT::pid)).containsExactly(box(pids));
      for (NodeProcess node : net.nodes()) {
        assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
        assertThat(appVersion(node, height + 1)).isGreaterThan(appVersion(node, height));
      }

      kill(Long.parseLong(Files.readString(late.home().resolve("run/cometbft.pid")).strip()));
      kill(pid(net.node(1)));
      long last = first.height();
      net.nodes().forEach(node -> node.awaitHeight(last + 5));
      assertThat(pid(net.node(1))).isNotEqualTo(pids[1]);
      for (long each = 1; each < last; each += 10) {
        String root = first.rootAfter(each);
        for (NodeProcess node : net.nodes()) {
          assertThat(node.rootAfter(each)).as("root after " + each).isEqualTo(root);
        }
      }
      net.stop();
      for (NodeProcess node : net.nodes()) {
        assertThat(node.home().resolve("run/cometbft.pid")).doesNotExist();
        assertThat(node.height()).as("its RPC answers no more").isZero();
      }
    }
  }

  private static long pid(NodeProcess node) {
    return node.shell("node:status").path("pid").asLong();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
  }

  private static long appVersion(NodeProcess node, long height) throws IOException {
    return node.rpc("block?height=" + height).at("/block/header/version/app").asLong();
  }

  private static Long[] box(long[] numbers) {
    return java.util.Arrays.stream(numbers).boxed().toArray(Long[]::new);
  }
}
