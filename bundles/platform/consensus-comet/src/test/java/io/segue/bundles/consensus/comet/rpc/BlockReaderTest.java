package io.segue.bundles.consensus.comet.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.segue.kernel.api.abci.Abci.Misbehavior;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Block 5 of a real CometBFT, with evidence in the JSON that its types have. */
class BlockReaderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ADDRESS = "40D913D65D016BCB1579136DD1E3177F72DD9572";
  private static final Instant TIME = Instant.parse("2026-11-29T10:58:20.5Z");
  private static final String DUPLICATE_VOTE =
      """
      {"type":"tendermint/DuplicateVoteEvidence","value":{
       "vote_a":{"height":"3","validator_address":"%s"},
       "vote_b":{"height":"3","validator_address":"%s"},
       "TotalVotingPower":"40","ValidatorPower":"10","Timestamp":"2026-11-29T10:58:20.5Z"}}
      """
          .formatted(ADDRESS, ADDRESS);
  private static final String LIGHT_CLIENT_ATTACK =
      """
      {"type":"tendermint/LightClientAttackEvidence","value":{"CommonHeight":"2",
       "ByzantineValidators":[{"address":"%s","voting_power":"7"}],
       "TotalVotingPower":"40","Timestamp":"2026-11-29T10:58:20.5Z"}}
      """
          .formatted(ADDRESS);

  private RecordedComet comet;

  @BeforeEach
  void start() throws IOException {
    comet = new RecordedComet();
  }

  @AfterEach
  void stop() {
    comet.close();
  }

  @Test
  void readsABlockWithWhatItsEvidenceProves() throws IOException {
    BlockReader reader = new BlockReader(comet.uri());
    assertThat(reader.block(5).misbehavior()).isEmpty();

    has(DUPLICATE_VOTE, LIGHT_CLIENT_ATTACK);
    BlockReader.Found found = reader.block(5);
    assertThat(found.block().header().height()).isEqualTo(5);
    byte[] address = HexFormat.of().parseHex(ADDRESS);
    assertThat(found.misbehavior())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactly(
            new Misbehavior(Misbehavior.DUPLICATE_VOTE, address, 10, 3, TIME, 40),
            new Misbehavior(Misbehavior.LIGHT_CLIENT_ATTACK, address, 7, 2, TIME, 40));
  }

  @Test
  void refusesEvidenceThatItDoesNotKnow() throws IOException {
    has("{\"type\":\"tendermint/Other\",\"value\":{}}");
    assertThatThrownBy(() -> new BlockReader(comet.uri()).block(5))
        .isInstanceOf(IOException.class)
        .hasMessage("block 5 can't be read: evidence of kind 'tendermint/Other'");
  }

  private void has(String... evidence) throws IOException {
    JsonNode answer = recorded();
    ArrayNode list = (ArrayNode) answer.at("/result/block/evidence/evidence");
    for (String one : evidence) {
      list.add(JSON.readTree(one));
    }
    byte[] bytes = answer.toString().getBytes(UTF_8);
    comet.instead = (method, params) -> bytes;
  }

  private static JsonNode recorded() throws IOException {
    try (InputStream in = BlockReaderTest.class.getResourceAsStream("/comet_rpc.json")) {
      for (JsonNode call : JSON.readTree(in)) {
        if (call.path("method").asText().equals("block")
            && call.at("/params/height").asText().equals("5")) {
          return call.path("answer");
        }
      }
    }
    throw new AssertionError("block 5 is not among the recorded answers");
  }
}
