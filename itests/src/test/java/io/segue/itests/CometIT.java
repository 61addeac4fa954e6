package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain whose blocks CometBFT makes: an upgrade between two of them, and ends without notice. */
class CometIT {
  @TempDir Path folder;

  @Test
  void upgradesWhileCometBftRunsOn() throws IOException {
    try (CometProcess comet = CometProcess.init(folder.resolve("home"))) {
      NodeProcess node = comet.node().start();
      comet.start();
      node.awaitHeight(2);
      long appVersion = appVersion(node, 2);
      send(node);

      long height = Upgrades.pass(node, "v2", 30, "");
      node.until("the hold", () -> Upgrades.state(node).equals("HELD"));
      assertThat(node.segue("query", "bank", "balances", "alice").toString()).contains("stake");
      assertThat(node.shell("node:status").path("height").asLong()).isEqualTo(height - 1);
      node.inShell("upgrade:deploy " + Distribution.upgrade().toAbsolutePath());
      node.awaitHeight(height + 1);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
      assertThat(appVersion(node, height)).isEqualTo(appVersion);
      assertThat(appVersion(node, height + 1)).isGreaterThan(appVersion);
      assertThat(comet.isRunning()).isTrue();
      node.command("tx", "bank", "send", "alice", "validator", "7stake", "--fees", "1000stake");

      endsWithoutNotice(comet, node);
    }
  }

  /** Either end of the socket, and both; CometBFT compares app hashes when it comes back. */
  private static void endsWithoutNotice(CometProcess comet, NodeProcess node) {
    comet.kill();
    comet.start();
    goesOn(node);

    node.kill();
    comet.kill();
    node.start();
    comet.start();
    goesOn(node);
    assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
  }

  private static void goesOn(NodeProcess node) {
    node.until("CometBFT's RPC", () -> node.height() > 0);
    node.awaitHeight(node.height() + 3);
  }

  private static void send(NodeProcess node) {
    JsonNode sent = node.segue("tx", "bank", "send", "alice", "validator", "7stake", "--wait");
    assertThat(sent.path("code").asInt()).isZero();
  }

  private static long appVersion(NodeProcess node, long height) throws IOException {
    return node.rpc("block?height=" + height).at("/block/header/version/app").asLong();
  }
}
