package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.NodeClient;
import java.util.ArrayList;
import java.util.List;

/**
 * The transactions of all blocks, checked by their results.
 *
 * @param good how many have code 0
 * @param failed the others, with height and log
 */
record CommittedTransactions(long good, List<String> failed) {
  /** Reads the results of the blocks from 1 to {@code height}. */
  static CommittedTransactions upTo(NodeClient node, long height) {
    long good = 0;
    List<String> failed = new ArrayList<>();
    for (long h = 1; h <= height; h++) {
      for (JsonNode result : node.blockResults(h).path("txs_results")) {
        if (result.path("code").asLong() == 0) {
          good++;
        } else {
          failed.add("transaction in block " + h + ": " + result.path("log").asText());
        }
      }
    }
    return new CommittedTransactions(good, failed);
  }
}
