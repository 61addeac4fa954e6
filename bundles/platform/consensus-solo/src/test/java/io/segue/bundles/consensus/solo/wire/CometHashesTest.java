package io.segue.bundles.consensus.solo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.bundles.consensus.solo.chain.ValidatorSet;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A real block of CometBFT 0.38.25: encoded, hashed and signed as there. */
class CometHashesTest {
  private final JsonNode recorded;
  private final Header header;
  private final Commit lastCommit;
  private final List<byte[]> txs = new ArrayList<>();

  CometHashesTest() throws IOException {
    try (InputStream in = getClass().getResourceAsStream("/comet-hashes.json")) {
      recorded = new ObjectMapper().readTree(Objects.requireNonNull(in));
    }
    header = header(recorded.path("header_json"));
    lastCommit = commit(recorded.path("last_commit_json"));
    recorded.path("txs_base64").forEach(tx -> txs.add(base64(tx)));
  }

  @Test
  void hashesTheHeader() {
    assertThat(HeaderCodec.hash(header)).isEqualTo(hex("header_hash"));
  }

  @Test
  void encodesTheBlockAndItsParts() {
    BlockCodec.Encoded encoded = BlockCodec.encode(header, txs, lastCommit);

    assertThat(HexFormat.of().formatHex(encoded.bytes()))
        .isEqualTo(recorded.path("block_proto_hex").asText());
    assertThat(encoded.block().id().hash()).isEqualTo(hex("header_hash"));
    assertThat(encoded.block().id().partsTotal()).isEqualTo(recorded.at("/part_set/total").asInt());
    assertThat(encoded.block().id().partsHash())
        .isEqualTo(hex(recorded.at("/part_set/hash").asText()));
    int start = encoded.txStarts()[0];
    assertThat(Arrays.copyOfRange(encoded.bytes(), start, start + txs.get(0).length))
        .isEqualTo(txs.get(0));
  }

  @Test
  void decodesTheBlock() {
    byte[] bytes = HexFormat.of().parseHex(recorded.path("block_proto_hex").asText());
    Block block = BlockCodec.decode(HeaderCodec.NO_BLOCK, new ProtoReader(bytes));

    assertThat(block.header()).usingRecursiveComparison().isEqualTo(header);
    assertThat(block.lastCommit()).usingRecursiveComparison().isEqualTo(lastCommit);
    assertThat(block.txs()).hasSize(1);
    assertThat(block.txs().get(0)).isEqualTo(txs.get(0));
  }

  @Test
  void hashesTransactions() {
    assertThat(Merkle.root(txs.stream().map(Merkle::sha256).toList())).isEqualTo(hex("data_hash"));
  }

  @Test
  void hashesTheLastCommit() {
    assertThat(CommitCodec.hash(lastCommit)).isEqualTo(hex("last_commit_hash"));
  }

  @Test
  void hashesValidatorsAndMakesTheirAddresses() {
    JsonNode validator = recorded.path("validators_json").path(0);
    byte[] key = base64(validator.at("/pub_key/value"));
    ValidatorSet set =
        ValidatorSet.EMPTY.with(
            List.of(new ValidatorUpdate("ed25519", key, validator.path("voting_power").asLong())));

    assertThat(set.hash()).isEqualTo(hex("validators_hash"));
    assertThat(set.validators().get(0).address())
        .isEqualTo(hex(validator.path("address").asText()));
  }

  @Test
  void hashesConsensusParameters() {
    JsonNode params = recorded.path("consensus_params");
    BlockParams block =
        new BlockParams(params.path("max_bytes").asLong(), params.path("max_gas").asLong());

    assertThat(
            ParamsCodec.hash(
                new ConsensusParams(
                    Optional.of(block), Optional.empty(), Optional.empty(), Optional.empty())))
        .isEqualTo(hex("consensus_hash"));
  }

  @Test
  void hashesResults() {
    JsonNode result = recorded.path("tx_results_of_349").path(0);

    assertThat(
            ResultsCodec.hash(
                List.of(
                    new ExecTxResult(
                        result.path("code").asInt(),
                        base64(result.path("data_base64")),
                        "log and events are not part of it",
                        result.path("gas_wanted").asLong(),
                        result.path("gas_used").asLong(),
                        List.of(),
                        "sdk"))))
        .isEqualTo(hex("last_results_hash_in_350"));
    assertThat(ResultsCodec.hash(List.of())).isEqualTo(hex("empty_hash"));
  }

  @Test
  void signsTheBytesThatCometBftSigns() {
    Commit commit = commit(recorded.path("commit_of_349"));
    byte[] bytes =
        CommitCodec.signBytes(
            "probe-1", 349, 0, commit.blockId(), commit.signatures().get(0).timestamp());

    assertThat(HexFormat.of().formatHex(bytes))
        .isEqualTo(recorded.path("vote_sign_bytes_hex_validator0").asText());
  }

  private byte[] hex(String textOrMember) {
    String text = recorded.path(textOrMember).asText(textOrMember);
    return HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
  }

  private static byte[] base64(JsonNode text) {
    return Base64.getDecoder().decode(text.asText());
  }

  private Header header(JsonNode json) {
    return new Header(
        json.at("/version/block").asLong(),
        json.at("/version/app").asLong(),
        json.path("chain_id").asText(),
        json.path("height").asLong(),
        Instant.parse(json.path("time").asText()),
        blockId(json.path("last_block_id")),
        hex(json.path("last_commit_hash").asText()),
        hex(json.path("data_hash").asText()),
        hex(json.path("validators_hash").asText()),
        hex(json.path("next_validators_hash").asText()),
        hex(json.path("consensus_hash").asText()),
        hex(json.path("app_hash").asText()),
        hex(json.path("last_results_hash").asText()),
        hex(json.path("evidence_hash").asText()),
        hex(json.path("proposer_address").asText()));
  }

  private Commit commit(JsonNode json) {
    List<CommitSig> signatures = new ArrayList<>();
    for (JsonNode signature : json.path("signatures")) {
      signatures.add(
          new CommitSig(
              signature.path("block_id_flag").asInt(),
              hex(signature.path("validator_address").asText()),
              Instant.parse(signature.path("timestamp").asText()),
              base64(signature.path("signature"))));
    }
    return new Commit(
        json.path("height").asLong(),
        json.path("round").asInt(),
        blockId(json.path("block_id")),
        signatures);
  }

  private BlockId blockId(JsonNode json) {
    return new BlockId(
        hex(json.path("hash").asText()),
        json.at("/parts/total").asInt(),
        hex(json.at("/parts/hash").asText()));
  }
}
