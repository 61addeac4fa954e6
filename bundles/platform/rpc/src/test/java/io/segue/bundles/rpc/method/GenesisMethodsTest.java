package io.segue.bundles.rpc.method;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.rpc.FakeEngine;
import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.JsonParams;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.json.JsonOut;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class GenesisMethodsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeEngine engine = new FakeEngine();
  private final MethodTable methods = new MethodTable();

  GenesisMethodsTest() {
    new GenesisMethods(engine, 10).addTo(methods);
  }

  @Test
  void givesAGenesisInChunks() throws Exception {
    engine.genesis = "{\"chain_id\":\"testing\"}".getBytes(UTF_8);
    StringBuilder whole = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      JsonNode chunk = call("genesis_chunked", "{\"chunk\":\"" + i + "\"}");
      assertThat(chunk.path("chunk").asText()).isEqualTo("" + i);
      assertThat(chunk.path("total").asText()).isEqualTo("3");
      whole.append(new String(Base64.getDecoder().decode(chunk.path("data").asText()), UTF_8));
    }
    assertThat(whole.toString()).isEqualTo("{\"chain_id\":\"testing\"}");
    assertThat(call("genesis_chunked", "{}").path("chunk").asText()).isEqualTo("0");
    assertThatThrownBy(() -> call("genesis_chunked", "{\"chunk\":\"3\"}"))
        .hasMessage("there are 2 chunks, 3 is invalid");
    assertThatThrownBy(() -> call("genesis_chunked", "{\"chunk\":\"-1\"}"))
        .hasMessageContaining("is invalid");
    assertThatThrownBy(() -> call("genesis", "{}"))
        .hasMessage("genesis response is large, please use the genesis_chunked API instead");
  }

  @Test
  void givesASmallGenesisWhole() throws Exception {
    engine.genesis = "{\"a\":1}".getBytes(UTF_8);
    assertThat(call("genesis", "{}").toString()).isEqualTo("{\"genesis\":{\"a\":1}}");
    assertThat(call("genesis_chunked", "{\"chunk\":\"0\"}").path("total").asText()).isEqualTo("1");
  }

  private JsonNode call(String method, String params) throws Exception {
    MethodTable.Entry entry = methods.find(method);
    CallParams given = new JsonParams(entry.params(), MAPPER.readTree(params));
    JsonOut out = JsonOut.of(entry.method().call(given).toCompletableFuture().join()::write);
    return MAPPER.readTree(out.buffer(), 0, out.size());
  }
}
