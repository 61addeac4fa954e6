package io.segue.bundles.consensus.solo.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.segue.bundles.consensus.solo.EngineHome;
import io.segue.bundles.consensus.solo.chain.Genesis;
import io.segue.kernel.api.abci.Abci.BlockParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenesisFileTest {
  private static final byte[] KEY = new byte[32];

  private final Path file;

  GenesisFileTest(@TempDir Path folder) {
    file = folder.resolve("genesis.json");
  }

  @BeforeEach
  void write() throws IOException {
    write(EngineHome.genesisJson("chain-1", KEY));
  }

  @Test
  void readsCometBftsForm() throws Exception {
    Genesis genesis = GenesisFile.read(file);

    assertThat(genesis.chainId()).isEqualTo("chain-1");
    assertThat(genesis.time()).isEqualTo(EngineHome.GENESIS_TIME);
    assertThat(genesis.initialHeight()).isEqualTo(1);
    assertThat(genesis.consensusParams().block()).contains(new BlockParams(22020096, -1));
    assertThat(genesis.consensusParams().evidence().orElseThrow().maxAgeDuration())
        .isEqualTo(Duration.ofHours(48));
    assertThat(genesis.consensusParams().version().orElseThrow().app()).isEqualTo(1);
    assertThat(genesis.validators()).hasSize(1);
    assertThat(genesis.validators().get(0).power()).isEqualTo(10);
    assertThat(genesis.validators().get(0).publicKey()).isEqualTo(KEY);
  }

  @Test
  void givesTheAppStateByteForByte() throws Exception {
    assertThat(new String(GenesisFile.read(file).appState().read(), UTF_8))
        .isEqualTo("{ \"bank\" : {\"n\u00e4me\": \"x\"} }");
  }

  @Test
  void findsALargeAppStateBetweenOtherMembers() throws Exception {
    String state = "{\"a\": [" + "\"\u00e9 filler\", ".repeat(200_000) + "1]}";
    write(
        "{\"chain_id\": \"\u00fc-1\", \"app_state\" :  "
            + state
            + " , \"genesis_time\": \"2026-01-01T00:00:00Z\"}");
    Genesis genesis = GenesisFile.read(file);

    assertThat(new String(genesis.appState().read(), UTF_8)).isEqualTo(state);
    assertThat(genesis.chainId()).isEqualTo("\u00fc-1");
    assertThat(genesis.initialHeight()).isEqualTo(1);
    assertThat(genesis.validators()).isEmpty();
  }

  @Test
  void namesWhatIsWrong() throws Exception {
    String good = EngineHome.genesisJson("chain-1", KEY);
    assertRefused(good.replace("\"chain-1\"", "\"\""), "chain_id", "1 to 50 characters");
    assertRefused(good.replace("chain-1", "x".repeat(51)), "chain_id", "1 to 50 characters");
    assertRefused(good.replace("\"22020096\"", "\"many\""), "max_bytes", "many");
    assertRefused(good.replace("genesis_time", "time"), "genesis_time");
    assertRefused(good.replace("2026-01-01T", "yesterday"), "yesterday");
    assertRefused(good.replace("PubKeyEd25519", "PubKeySecp256k1"), "PubKeySecp256k1", "only");
    assertRefused("{\"chain_id\": ", "no JSON");
    assertRefused("[]", "no JSON object");
  }

  @Test
  void refusesConsensusParametersThatTheChainCantLiveWith() throws Exception {
    String good = EngineHome.genesisJson("chain-1", KEY);
    String gas = "\"max_gas\": \"-1\"";
    for (String bad : List.of("0", "-2", "1", "1999999")) {
      assertRefused(
          good.replace(gas, "\"max_gas\": \"" + bad + "\""),
          "block.max_gas is " + bad,
          "2000000 and above, or -1 for no limit");
    }
    assertRefused(good.replace(", " + gas, ""), "block.max_gas is 0");
    for (String bad : List.of("0", "-2", "131071", "104857601")) {
      assertRefused(
          good.replace("\"22020096\"", "\"" + bad + "\""), "block.max_bytes is " + bad, "131072");
    }
    assertRefused(good.replace("\"100000\"", "\"0\""), "evidence.max_age_num_blocks is 0");
    assertRefused(good.replace("\"172800000000000\"", "\"0\""), "evidence.max_age_duration");
    assertRefused(good.replace("\"1048576\"", "\"22020097\""), "evidence.max_bytes is 22020097");
    assertRefused(good.replace("\"1048576\"", "\"-1\""), "evidence.max_bytes is -1");
    assertRefused(good.replace("[\"ed25519\"]", "[\"bls\"]"), "validator.pub_key_types is [bls]");
    assertRefused(good.replace("[\"ed25519\"]", "[]"), "validator.pub_key_types is []");
    assertRefused(good.replace("\"app\": \"1\"", "\"app\": \"-1\""), "version.app is -1");
    assertRefused(
        good.replace("\"22020096\"", "\"131072\"").replace("\"evidence\"", "\"old\""),
        "evidence.max_bytes is 1048576",
        "0 to 131072");
    assertRefused(
        good.replace("\"block\": {", "\"block\": 5, \"old\": {"), "\"block\" is no JSON object");
    assertRefused(
        good.replace(
            "\"block\": {", "\"abci\": {\"vote_extensions_enable_height\": \"5\"}, \"block\": {"),
        "abci.vote_extensions_enable_height is 5");
  }

  @Test
  void refusesAFirstHeightThatNothingCanBeAddedTo() throws Exception {
    String good =
        EngineHome.genesisJson("chain-1", KEY)
            .replace("\"initial_height\": \"1\"", "\"initial_height\": \"@\"");
    assertRefused(good.replace("@", "-1"), "initial_height", "-1");
    assertRefused(good.replace("@", "9223372036854775807"), "initial_height", "allowed is 0 to");
  }

  @Test
  void refusesATimeThatNoHeaderCanTell() throws Exception {
    String good =
        EngineHome.genesisJson("chain-1", KEY)
            .replaceFirst("\"genesis_time\": *\"[^\"]*\"", "\"genesis_time\": \"@\"");
    assertRefused(good.replace("@", "+10000-01-01T00:00:00Z"), "genesis_time is +10000-01-01");
    assertRefused(good.replace("@", "0000-12-31T23:59:59Z"), "the years 0001 to 9999");
    write(good.replace("@", "9999-12-31T23:59:59.999999999Z"));
    assertThat(GenesisFile.read(file).time()).isBefore("+10000-01-01T00:00:00Z");
  }

  @Test
  void readsParametersAtTheirBounds() throws Exception {
    String good = EngineHome.genesisJson("chain-1", KEY);
    write(
        good.replace("\"-1\"", "\"2000000\"")
            .replace("\"22020096\"", "\"131072\"")
            .replace("\"1048576\"", "\"131072\""));
    assertThat(GenesisFile.read(file).consensusParams().block())
        .contains(new BlockParams(131072, 2_000_000));
    write(good.replace("\"-1\"", "\"9223372036854775807\"").replace("\"22020096\"", "\"-1\""));
    assertThat(GenesisFile.read(file).consensusParams().block())
        .contains(new BlockParams(-1, Long.MAX_VALUE));
  }

  @Test
  void saysHowToMakeAFileThatIsAbsent() {
    assertThatThrownBy(() -> GenesisFile.read(file.resolveSibling("absent.json")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("absent.json")
        .hasMessageContaining("segue init");
  }

  private void assertRefused(String text, String... words) throws IOException {
    write(text);
    assertThatThrownBy(() -> GenesisFile.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(words);
  }

  private void write(String text) throws IOException {
    Files.writeString(file, text);
  }
}
