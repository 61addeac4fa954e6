package io.segue.bundles.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.chain.FakeNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.Output;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BlockCountTest {
  @Test
  void countsEachBlockOnceAlsoWhereThereAreMoreThanOneAnswerHolds() throws IOException {
    try (FakeNode node = new FakeNode()) {
      node.answers("status", "{\"sync_info\":{\"latest_block_height\":\"50\"}}");
      node.answers("blockchain", BlockCountTest::metas);
      BlockCount count = new BlockCount(new NodeClient(node.url()), 5);
      assertThat(count.total()).isEqualTo(45 * 3);
      assertThat(count.total()).isEqualTo(45 * 3);
    }
  }

  /** Three transactions in every block. */
  private static JsonNode metas(JsonNode params) {
    ObjectNode result = Output.object();
    ArrayNode metas = result.putArray("block_metas");
    for (long h = params.path("minHeight").asLong(); h <= params.path("maxHeight").asLong(); h++) {
      metas.addObject().put("num_txs", "3");
    }
    return result;
  }
}
