package io.segue.kernel.core.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node that joins by state sync reads of the chain's genesis. */
class GenesisFactsTest {
  @TempDir Path folder;

  @Test
  void readsWhatCountsAndPassesOverTheRest() throws IOException {
    GenesisFacts facts =
        read(
            """
            {"app_state": {"consensus_params": {"block": {"max_gas": "1"}}, "a": [[1, 2], {}]},
             "chain_id": "my-1", "initial_height": "7", "validators": [{"power": "1"}],
             "consensus_params": {
               "block": {"max_bytes": "200000", "max_gas": "-1"},
               "evidence": {"max_age_num_blocks": "5", "max_age_duration": "9000000000",
                 "max_bytes": "1000"},
               "validator": {"pub_key_types": ["ed25519"]},
               "version": {"app": "3"}, "abci": {"vote_extensions_enable_height": "0"}}}
            """);
    assertThat(facts.chainId()).isEqualTo("my-1");
    assertThat(facts.initialHeight()).isEqualTo(7);
    ConsensusParams params = facts.params(2);
    assertThat(params.block()).contains(new BlockParams(200_000, -1));
    assertThat(params.evidence()).contains(new EvidenceParams(5, Duration.ofSeconds(9), 1000));
    assertThat(params.validator().orElseThrow().pubKeyTypes()).containsExactly("ed25519");
    assertThat(params.version().orElseThrow().app()).isEqualTo(2);
  }

  @Test
  void takesTheDefaultsForWhatIsAbsent() throws IOException {
    GenesisFacts facts = read("{\"chain_id\": \"my-1\", \"initial_height\": null}");
    assertThat(facts.initialHeight()).isEqualTo(1);
    assertThat(facts.params(4)).isEqualTo(ConsensusParams.defaults(4));
  }

  @Test
  void namesTheFileWhereItIsNoGenesis() {
    for (String text :
        new String[] {
          "[]",
          "{",
          "{}",
          "{\"chain_id\": \"a\", \"initial_height\": \"x\"}",
          "{\"chain_id\": \"a\", \"consensus_params\": {\"block\": {\"max_bytes\": \"1\"}}}",
        }) {
      assertThatThrownBy(() -> read(text))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("genesis.json")
          .hasMessageContaining("put the genesis of the chain there");
    }
  }

  private GenesisFacts read(String text) throws IOException {
    return GenesisFacts.read(Files.writeString(folder.resolve("genesis.json"), text));
  }
}
