package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.nodes.Distribution;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A chain whose blocks CometBFT v1.0 makes, where {@code cometbft-v1} is on the PATH. */
class CometV1IT {
  private static final String FEES = " --fees 1000stake";

  /** No transaction at all: "junk". */
  private static final String JUNK = "{\"tx_bytes\":\"anVuaw==\",\"mode\":\"BROADCAST_MODE_SYNC\"}";

  @TempDir Path folder;

  @Test
  void answersUpgradesAndGoesOnAsUnderV038() throws Exception {
    Path program = ClientProgram.require("cometbft-v1");
    try (CometProcess comet =
        CometProcess.of(program, folder.resolve("home"), "--voting-period", "5s")) {
      TestedNode node = comet.node().start();
      comet.start();
      node.awaitHeight(2);
      assertThat(node.rpc("status").at("/node_info/version").asText()).startsWith("1.0.");

      Rest rest = new Rest(node);
      rest.assertFields(rest.sends(folder, FEES));
      JsonNode refused = rest.post("txs", JUNK).path("tx_response");
      assertThat(refused.path("code").asInt()).as(refused.toString()).isEqualTo(2);
      assertThat(refused.path("codespace").asText()).isEqualTo("sdk");

      node.inShell("upgrade:deploy " + Distribution.upgrade("v2").toAbsolutePath());
      node.awaitHeight(UpgradePlans.pass(node, "v2", 0, "") + 2);
      assertThat(node.shell("node:status").path("generation").asText()).isEqualTo("v2");
      assertThat(comet.isRunning()).isTrue();

      comet.kill();
      comet.start();
      node.until("CometBFT's RPC", () -> node.height() > 0);
      node.awaitHeight(node.height() + 2);
    }
  }
}
