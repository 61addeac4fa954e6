package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.sdk.Coins;
import java.math.BigInteger;

/**
 * What a block burned, from its events.
 *
 * @param height of the block
 * @param deposit what the gov account burned in it
 * @param total what was burned in it altogether, shares of fees included
 */
record BurnedCoins(long height, BigInteger deposit, BigInteger total) {
  private static final String DENOM = "stake";

  /**
   * Finds the block in which a vote ended.
   *
   * @param from first height to look at
   * @param govAddress the account that holds deposits
   */
  static BurnedCoins ofVoteEnd(NodeClient node, long proposal, long from, String govAddress) {
    long last = node.height();
    for (long height = from; height <= last; height++) {
      JsonNode results = node.blockResults(height);
      if (ended(results, proposal)) {
        return of(height, results, govAddress);
      }
    }
    throw new CliException(
        "no block from " + from + " to " + last + " has the end of proposal " + proposal);
  }

  private static boolean ended(JsonNode results, long proposal) {
    for (JsonNode event : results.path("finalize_block_events")) {
      if (event.path("type").asText().equals("active_proposal")
          && attribute(event, "proposal_id").equals(Long.toString(proposal))) {
        return true;
      }
    }
    return false;
  }

  private static BurnedCoins of(long height, JsonNode results, String govAddress) {
    Sums sums = new Sums();
    sums.add(results.path("finalize_block_events"), govAddress);
    for (JsonNode tx : results.path("txs_results")) {
      sums.add(tx.path("events"), govAddress);
    }
    return new BurnedCoins(height, sums.deposit, sums.total);
  }

  private static String attribute(JsonNode event, String key) {
    for (JsonNode attribute : event.path("attributes")) {
      if (attribute.path("key").asText().equals(key)) {
        return attribute.path("value").asText();
      }
    }
    return "";
  }

  private static final class Sums {
    private BigInteger deposit = BigInteger.ZERO;
    private BigInteger total = BigInteger.ZERO;

    void add(JsonNode events, String govAddress) {
      for (JsonNode event : events) {
        if (event.path("type").asText().equals("burn")) {
          BigInteger amount = Coins.parse(attribute(event, "amount")).amountOf(DENOM);
          total = total.add(amount);
          if (attribute(event, "burner").equals(govAddress)) {
            deposit = deposit.add(amount);
          }
        }
      }
    }
  }
}
