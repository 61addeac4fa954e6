package io.segue.bundles.rpc.json;

import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.Header;
import java.io.IOException;
import java.util.List;

/** Blocks, headers and commits in JSON. */
public final class BlockJson {
  private BlockJson() {}

  /** The members of an answer that is a block: its id and itself. */
  public static void block(JsonOut out, Block block) throws IOException {
    blockId(out, "block_id", block.id());
    block(out, "block", block);
  }

  public static void block(JsonOut out, String name, Block block) throws IOException {
    out.object(
        name,
        () -> {
          header(out, block.header());
          out.object("data", () -> out.array("txs", block.txs(), out::base64));
          out.object("evidence", () -> out.array("evidence", List.<byte[]>of(), out::base64));
          commit(out, "last_commit", block.lastCommit());
        });
  }

  public static void header(JsonOut out, Header header) throws IOException {
    out.object(
        "header",
        () -> {
          out.object(
              "version",
              () -> {
                out.int64("block", header.blockProtocol());
                if (header.appVersion() != 0) {
                  out.int64("app", header.appVersion());
                }
              });
          out.text("chain_id", header.chainId());
          out.int64("height", header.height());
          out.time("time", header.time());
          blockId(out, "last_block_id", header.lastBlockId());
          out.hex("last_commit_hash", header.lastCommitHash());
          out.hex("data_hash", header.dataHash());
          out.hex("validators_hash", header.validatorsHash());
          out.hex("next_validators_hash", header.nextValidatorsHash());
          out.hex("consensus_hash", header.consensusHash());
          out.hex("app_hash", header.appHash());
          out.hex("last_results_hash", header.lastResultsHash());
          out.hex("evidence_hash", header.evidenceHash());
          out.hex("proposer_address", header.proposerAddress());
        });
  }

  public static void blockId(JsonOut out, String name, BlockId id) throws IOException {
    out.object(
        name,
        () -> {
          out.hex("hash", id.hash());
          out.object(
              "parts",
              () -> {
                out.int32("total", id.partsTotal());
                out.hex("hash", id.partsHash());
              });
        });
  }

  public static void commit(JsonOut out, String name, Commit commit) throws IOException {
    out.object(
        name,
        () -> {
          out.int64("height", commit.height());
          out.int32("round", commit.round());
          blockId(out, "block_id", commit.blockId());
          out.array(
              "signatures",
              commit.signatures(),
              signature ->
                  out.object(
                      () -> {
                        out.int32("block_id_flag", signature.blockIdFlag());
                        out.hex("validator_address", signature.validatorAddress());
                        out.time("timestamp", signature.timestamp());
                        out.base64("signature", signature.signature());
                      }));
        });
  }
}
