package io.segue.bundles.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.chain.FakeNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import java.io.IOException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class BurnCheckTest {
  @Test
  void tellsTheDepositFromTheSharesOfFees() throws IOException {
    try (FakeNode node = new FakeNode()) {
      node.answers("status", "{\"sync_info\":{\"latest_block_height\":\"9\"}}");
      node.answers("block_results", params -> results(params.path("height").asLong()));
      BurnedCoins burns = BurnedCoins.ofVoteEnd(new NodeClient(node.url()), 2, 5, "gov");
      assertThat(burns)
          .isEqualTo(new BurnedCoins(7, BigInteger.valueOf(1000), BigInteger.valueOf(1030)));
    }
  }

  @Test
  void saysWhereItLookedInVain() throws IOException {
    try (FakeNode node = new FakeNode()) {
      node.answers("status", "{\"sync_info\":{\"latest_block_height\":\"9\"}}");
      node.answers("block_results", params -> results(params.path("height").asLong()));
      assertThatThrownBy(() -> BurnedCoins.ofVoteEnd(new NodeClient(node.url()), 3, 5, "gov"))
          .isInstanceOf(CliException.class)
          .hasMessageContaining("no block from 5 to 9 has the end of proposal 3");
    }
  }

  /** The vote on proposal 2 ends at height 7; every height burns 30 of fees. */
  private static JsonNode results(long height) {
    ObjectNode results = Output.object();
    ArrayNode tx = results.putArray("txs_results").addObject().putArray("events");
    event(tx, "burn", "burner", "fees", "amount", "30stake");
    ArrayNode block = results.putArray("finalize_block_events");
    if (height == 7) {
      event(block, "burn", "burner", "gov", "amount", "1000stake");
      event(block, "active_proposal", "proposal_id", "2", "proposal_result", "rejected");
    }
    return results;
  }

  private static void event(ArrayNode events, String type, String... attributes) {
    ObjectNode event = events.addObject().put("type", type);
    ArrayNode list = event.putArray("attributes");
    for (int i = 0; i < attributes.length; i += 2) {
      list.addObject().put("key", attributes[i]).put("value", attributes[i + 1]);
    }
  }
}
