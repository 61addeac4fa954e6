package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Comparison;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.HeightPage;
import io.segue.kernel.api.engine.Engine.Operand;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SearchMethodsTest {
  private final FakeEngine engine = Golden.engine();
  private RunningServer server;

  @BeforeEach
  void open() throws Exception {
    server =
        new RunningServer(
            engine,
            FakeApplication.answering(
                query -> {
                  throw new AssertionError(query);
                }));
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void answersBlocksOfASearchAsCometBftDoes() throws Exception {
    engine.foundBlocks = new HeightPage(List.of(1L), 1);
    JsonNode call = Golden.calls("block_search").get(0);
    ObjectNode expected = call.path("response").deepCopy();
    ((ObjectNode) expected.path("result"))
        .putArray("blocks")
        .add(Golden.calls("block").get(0).at("/response/result"));
    assertThat(server.call("block_search", call.path("params"))).isEqualTo(expected);
    assertThat(engine.searches.get(0).conditions())
        .containsExactly(new Condition("block.height", Comparison.EQUAL, "1", Operand.NUMBER));
  }

  @Test
  void beginsWithTheNewestBlockAndTheOldestTransaction() throws Exception {
    server.call("block_search", "{\"query\":\"block.height>0\"}");
    server.call("tx_search", "{\"query\":\"tx.height>0\"}");
    server.call("block_search", "{\"query\":\"block.height>0\",\"order_by\":\"asc\"}");
    server.call("tx_search", "{\"query\":\"tx.height>0\",\"order_by\":\"desc\"}");
    assertThat(engine.searches.stream().map(search -> search.descending()).toList())
        .containsExactly(true, false, false, true);
  }

  @Test
  void passesOnPagesAndRefusesThoseThatAreNot() throws Exception {
    engine.foundBlocks = new HeightPage(List.of(1L), 21);
    server.call("block_search", "{\"query\":\"a.b EXISTS\",\"page\":\"3\",\"per_page\":\"10\"}");
    assertThat(engine.searches.get(0).offset()).isEqualTo(20);
    assertThat(engine.searches.get(0).limit()).isEqualTo(10);
    assertThat(error("{\"query\":\"a.b EXISTS\",\"page\":\"4\",\"per_page\":\"10\"}"))
        .isEqualTo("page should be within [1, 3] range, given 4");
    assertThat(error("{\"query\":\"a.b EXISTS\",\"order_by\":\"up\"}"))
        .isEqualTo("expected order_by to be either `asc` or `desc` or empty");
    assertThat(error("{\"query\":\"a.b\"}")).isEqualTo("offset 3: EOF");
  }

  @Test
  void refusesAPageWhoseBlocksAreTooLargeTogether() throws Exception {
    var block = engine.blocks.get(1L);
    for (long height = 1; height <= 4; height++) {
      engine.metas.put(height, new BlockMeta(block.id(), block.header(), 20 << 20, 0));
    }
    engine.foundBlocks = new HeightPage(List.of(1L, 2L, 3L, 4L), 4);
    assertThat(error("{\"query\":\"a.b EXISTS\"}"))
        .isEqualTo(
            "the blocks of this page have 83886080 bytes, of 67108864 that one answer may have;"
                + " ask for fewer per_page");
  }

  @Test
  void findsABlockAndAHeaderByHash() throws Exception {
    JsonNode block = Golden.calls("block").get(0).at("/response/result");
    String hash = block.at("/block_id/hash").asText();
    byte[] bytes = HexFormat.of().parseHex(hash.toLowerCase(Locale.ROOT));
    String base64 = Base64.getEncoder().encodeToString(bytes);
    assertThat(server.call("block_by_hash", "{\"hash\":\"" + base64 + "\"}").path("result"))
        .isEqualTo(block);
    assertThat(server.call("header_by_hash", "{\"hash\":\"" + hash + "\"}").at("/result/header"))
        .isEqualTo(block.at("/block/header"));
    assertThat(server.call("header_by_hash", "{\"hash\":\"00\"}").path("result").toString())
        .isEqualTo("{\"header\":null}");
    assertThat(server.get("/block_by_hash?hash=0x" + hash).body()).contains(hash);
  }

  private String error(String params) throws Exception {
    return server.call("block_search", params).at("/error/data").asText();
  }
}
