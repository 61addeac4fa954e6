package io.segue.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.itests.broken.MarkingHandler;
import io.segue.itests.broken.OtherMarkingHandler;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A validator whose state is another one than that of the rest. */
class DivergeIT {
  private static final int ODD = 3;

  @TempDir Path folder;

  @Test
  void saysWhatIsOtherInAStateThatTheNetworkRefuses() throws Exception {
    Path upgrade = BrokenUpgrade.write(folder.resolve("a.jar"), "v2", MarkingHandler.class);
    Path other = BrokenUpgrade.write(folder.resolve("b.jar"), "v2", OtherMarkingHandler.class);
    try (Testnet net = Testnet.init(folder.resolve("net"), 4, "127.0.17.").start()) {
      TestedNode odd = net.node(ODD);
      List<TestedNode> others = net.nodes().subList(0, ODD);
      others.forEach(node -> node.inShell("upgrade:deploy " + upgrade));
      odd.inShell("upgrade:deploy " + other);
      // Nothing binds the plan to bytes.
      long height = UpgradePlans.pass(net.node(0), "v2", 8, "", net.node(1), net.node(2));
      others.forEach(node -> node.awaitHeight(height + 3));
      odd.until("the hold", () -> odd.shell("node:status").toString().contains("DISAGREES"));
      JsonNode hold = odd.shell("upgrade:status").at("/holds/0");
      assertThat(hold.path("message").asText()).contains("no block comes after height " + height);

      TestedNode.Result result =
          odd.run("diverge", "--with", net.node(0).home().toString(), "--output", "json");
      assertThat(result.status()).as(result.output()).isEqualTo(3);
      JsonNode difference = TestedNode.json(result.output());
      assertThat(difference.path("differAtHeight").asLong()).isEqualTo(height);
      // The mark, and the generation that the plan brought.
      assertThat(difference.path("stores"))
          .extracting(store -> store.path("store").asText())
          .containsExactly("bank", "upgrade");
      JsonNode key = difference.at("/stores/0/keys/0");
      assertThat(key.path("text").asText()).isEqualTo(MarkingHandler.KEY);
      assertThat(key.path("value").asText()).isEqualTo("02");
      assertThat(key.path("otherValue").asText()).isEqualTo("01");
    }
  }
}
