package io.segue.bundles.cli.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.Output;

/** Counts the transactions of new blocks, each block once. Not thread safe. */
final class BlockCount {
  /** The most that {@code blockchain} answers with. */
  private static final int MAX_METAS = 20;

  private final NodeClient client;
  private long counted;
  private long total;

  /** Counts from the block after {@code height} on. */
  BlockCount(NodeClient client, long height) {
    this.client = client;
    this.counted = height;
  }

  /** How many there are by now. */
  long total() {
    long last = client.height();
    while (counted < last) {
      long to = Math.min(last, counted + MAX_METAS);
      JsonNode metas =
          client
              .call(
                  "blockchain",
                  Output.object()
                      .put("minHeight", Long.toString(counted + 1))
                      .put("maxHeight", Long.toString(to)))
              .path("block_metas");
      for (JsonNode meta : metas) {
        total += meta.path("num_txs").asLong();
      }
      counted = to;
    }
    return total;
  }
}
