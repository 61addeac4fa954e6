package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.InputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsensusMethodsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final FakeEngine engine = Golden.eventsEngine();
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

  @ParameterizedTest
  @ValueSource(strings = {"consensus_state", "dump_consensus_state"})
  void tellsTheStateOfTheRoundAsCometBftDoes(String method) throws Exception {
    ValidatorInfo validator =
        new ValidatorInfo(
            HexFormat.of().parseHex("29a62024f2c016f08ad68242c8e111e8a3c92fd4"),
            Base64.getDecoder().decode("KzxcTZ9JaMC9ppz+FyJpAs+k53XuiCOLiwmmvAboZrQ="),
            10);
    engine.height = 75;
    engine.validator = validator;
    engine.validators.put(75L, List.of(validator));
    assertThat(timeless(server.call(method, "{}").path("result")))
        .isEqualTo(timeless(recorded(method)));
  }

  @Test
  void tellsTheStateBeforeTheFirstBlock() throws Exception {
    JsonNode state = server.call("dump_consensus_state", "{}").at("/result/round_state");
    assertThat(state.path("height").asText()).isEqualTo("1");
    assertThat(state.path("start_time").asText()).isEqualTo("0001-01-01T00:00:00Z");
    assertThat(state.path("last_commit").isNull()).isTrue();
    assertThat(state.at("/last_validators/validators").isEmpty()).isTrue();
  }

  @Test
  void refusesEvidence() throws Exception {
    assertThat(server.call("broadcast_evidence", "{}").at("/error/data").asText())
        .isEqualTo("no evidence was provided");
    assertThat(
            server
                .call(
                    "broadcast_evidence",
                    "{\"evidence\":{\"type\":\"tendermint/DuplicateVoteEvidence\",\"value\":{}}}")
                .at("/error/data")
                .asText())
        .startsWith("failed to add evidence: ");
  }

  /** Without the times: those of the recorded node are its clock's, not the commit's. */
  private static JsonNode timeless(JsonNode result) {
    ObjectNode state = (ObjectNode) result.path("round_state");
    assertThat(state.path("start_time").isTextual()).isTrue();
    state.remove(List.of("start_time", "commit_time"));
    return result;
  }

  private static JsonNode recorded(String method) throws Exception {
    try (InputStream in = ConsensusMethodsTest.class.getResourceAsStream("/rpc-consensus.json")) {
      return MAPPER.readTree(in).path(method);
    }
  }
}
