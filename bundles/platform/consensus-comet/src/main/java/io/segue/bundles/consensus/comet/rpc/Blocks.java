package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.time.Instant;

/** Blocks, their votes and validators, from CometBFT's JSON. */
final class Blocks {
  private Blocks() {}

  /** The result of {@code block}. */
  static Block block(JsonNode result) {
    JsonNode block = result.path("block");
    return new Block(
        id(result.path("block_id")),
        header(block.path("header")),
        CometJson.list(block.path("data").path("txs"), CometJson::base64),
        commit(block.path("last_commit")));
  }

  /** One of the result of {@code blockchain}. */
  static BlockMeta meta(JsonNode meta) {
    return new BlockMeta(
        id(meta.path("block_id")),
        header(meta.path("header")),
        meta.path("block_size").asInt(),
        meta.path("num_txs").asInt());
  }

  /** A commit, as {@code commit} and blocks have it. */
  static Commit commit(JsonNode commit) {
    return new Commit(
        commit.path("height").asLong(),
        commit.path("round").asInt(),
        id(commit.path("block_id")),
        CometJson.list(
            commit.path("signatures"),
            vote ->
                new CommitSig(
                    vote.path("block_id_flag").asInt(),
                    CometJson.hex(vote.path("validator_address")),
                    time(vote.path("timestamp")),
                    CometJson.base64(vote.path("signature")))));
  }

  /** A validator, as {@code validators} and {@code status} have it. */
  static ValidatorInfo validator(JsonNode validator) {
    return new ValidatorInfo(
        CometJson.hex(validator.path("address")),
        CometJson.base64(validator.path("pub_key").path("value")),
        validator.path("voting_power").asLong());
  }

  private static Header header(JsonNode header) {
    return new Header(
        header.path("version").path("block").asLong(),
        header.path("version").path("app").asLong(),
        header.path("chain_id").asText(),
        header.path("height").asLong(),
        time(header.path("time")),
        id(header.path("last_block_id")),
        CometJson.hex(header.path("last_commit_hash")),
        CometJson.hex(header.path("data_hash")),
        CometJson.hex(header.path("validators_hash")),
        CometJson.hex(header.path("next_validators_hash")),
        CometJson.hex(header.path("consensus_hash")),
        CometJson.hex(header.path("app_hash")),
        CometJson.hex(header.path("last_results_hash")),
        CometJson.hex(header.path("evidence_hash")),
        CometJson.hex(header.path("proposer_address")));
  }

  private static BlockId id(JsonNode id) {
    return new BlockId(
        CometJson.hex(id.path("hash")),
        id.path("parts").path("total").asInt(),
        CometJson.hex(id.path("parts").path("hash")));
  }

  private static Instant time(JsonNode time) {
    return Instant.parse(time.asText());
  }
}
