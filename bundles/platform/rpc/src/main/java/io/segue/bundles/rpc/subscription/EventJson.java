package io.segue.bundles.rpc.subscription;

import io.segue.bundles.rpc.json.BlockJson;
import io.segue.bundles.rpc.json.ConsensusJson;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.bundles.rpc.json.ResultJson;
import io.segue.bundles.rpc.method.TxMethods;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** What subscribers get, in JSON: {@code {"type": "tendermint/event/...", "value": {}}}. */
final class EventJson {
  private static final int PRECOMMIT = 2;
  private static final int ADDRESS_BYTES = 20;

  private EventJson() {}

  static void newBlock(JsonOut out, Block block, FinalizeBlockResponse results) throws IOException {
    value(
        out,
        "NewBlock",
        () -> {
          BlockJson.block(out, "block", block);
          BlockJson.blockId(out, "block_id", block.id());
          out.object("result_finalize_block", () -> writeResults(out, results));
        });
  }

  static void newBlockHeader(JsonOut out, Header header) throws IOException {
    value(out, "NewBlockHeader", () -> BlockJson.header(out, header));
  }

  static void newBlockEvents(JsonOut out, long height, List<Event> events, int txs)
      throws IOException {
    value(
        out,
        "NewBlockEvents",
        () -> {
          out.int64("height", height);
          if (events.isEmpty()) {
            out.none("events");
          } else {
            out.array("events", events, event -> ResultJson.event(out, event));
          }
          out.int64("num_txs", txs);
        });
  }

  /** A transaction; as in CometBFT whatever is zero or empty is left out. */
  static void tx(JsonOut out, long height, int index, byte[] tx, ExecTxResult result)
      throws IOException {
    value(
        out,
        "Tx",
        () ->
            out.object(
                "TxResult",
                () -> {
                  out.int64("height", height);
                  if (index != 0) {
                    out.int32("index", index);
                  }
                  if (tx.length > 0) {
                    out.base64("tx", tx);
                  }
                  out.object("result", () -> ResultJson.sparse(out, result));
                }));
  }

  static void validatorSetUpdates(JsonOut out, List<ValidatorUpdate> updates) throws IOException {
    value(
        out,
        "ValidatorSetUpdates",
        () ->
            out.array(
                "validator_updates",
                updates,
                update -> ConsensusJson.validator(out, validator(update))));
  }

  static void newRound(JsonOut out, Header header, int round, int proposer) throws IOException {
    value(
        out,
        "NewRound",
        () -> {
          writeStep(out, header.height(), round, "RoundStepNewRound");
          out.object(
              "proposer",
              () -> {
                out.hex("address", header.proposerAddress());
                out.int32("index", proposer);
              });
        });
  }

  static void completeProposal(JsonOut out, long height, int round, BlockId id) throws IOException {
    value(
        out,
        "CompleteProposal",
        () -> {
          writeStep(out, height, round, "RoundStepPropose");
          BlockJson.blockId(out, "block_id", id);
        });
  }

  static void roundState(JsonOut out, long height, int round, String step) throws IOException {
    value(out, "RoundState", () -> writeStep(out, height, round, step));
  }

  static void vote(JsonOut out, Commit commit, CommitSig signature, int index) throws IOException {
    value(
        out,
        "Vote",
        () ->
            out.object(
                "Vote",
                () -> {
                  out.int32("type", PRECOMMIT);
                  out.int64("height", commit.height());
                  out.int32("round", commit.round());
                  BlockJson.blockId(out, "block_id", commit.blockId());
                  out.time("timestamp", signature.timestamp());
                  out.hex("validator_address", signature.validatorAddress());
                  out.int32("validator_index", index);
                  out.base64("signature", signature.signature());
                  out.none("extension");
                  out.none("extension_signature");
                }));
  }

  private static void value(JsonOut out, String type, JsonOut.Value members) throws IOException {
    out.object(
        () -> {
          out.text("type", "tendermint/event/" + type);
          out.object("value", members);
        });
  }

  private static void writeStep(JsonOut out, long height, int round, String step)
      throws IOException {
    out.int64("height", height);
    out.int32("round", round);
    out.text("step", step);
  }

  private static void writeResults(JsonOut out, FinalizeBlockResponse results) throws IOException {
    if (!results.events().isEmpty()) {
      out.array("events", results.events(), event -> ResultJson.event(out, event));
    }
    if (!results.txResults().isEmpty()) {
      out.array("tx_results", results.txResults(), result -> ResultJson.result(out, result));
    }
    out.array(
        "validator_updates",
        results.validatorUpdates(),
        update -> ResultJson.validatorUpdate(out, update));
    if (results.consensusParamUpdates().isPresent()) {
      out.name("consensus_param_updates");
      ResultJson.params(out, results.consensusParamUpdates().get(), true);
    }
    out.base64("app_hash", results.appHash());
  }

  private static ValidatorInfo validator(ValidatorUpdate update) {
    byte[] address = Arrays.copyOf(TxMethods.sha256(update.publicKey()), ADDRESS_BYTES);
    return new ValidatorInfo(address, update.publicKey(), update.power());
  }
}
