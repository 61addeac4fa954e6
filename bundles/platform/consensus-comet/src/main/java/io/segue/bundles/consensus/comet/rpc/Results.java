package io.segue.bundles.consensus.comet.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.abci.Abci.AbciParams;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci.VersionParams;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the application answered, from CometBFT's JSON. */
final class Results {
  private static final String ED25519 = "ed25519";
  private static final Pattern REFUSED_TX =
      Pattern.compile(
          "is invalid: code=(\\d+), data=[0-9A-F]*, log='(.*)', codespace='([^']*)'$",
          Pattern.DOTALL);

  private Results() {}

  /** The result of {@code block_results}. */
  static FinalizeBlockResponse block(JsonNode results) {
    return new FinalizeBlockResponse(
        CometJson.list(results.path("finalize_block_events"), Results::event),
        CometJson.list(results.path("txs_results"), Results::execTx),
        CometJson.list(results.path("validator_updates"), Results::validatorUpdate),
        group(results, "consensus_param_updates", Results::params),
        CometJson.base64(results.path("app_hash")));
  }

  /** One of {@code tx}, and of the hits of {@code tx_search}. */
  static TxResult tx(JsonNode tx) {
    return new TxResult(
        CometJson.hex(tx.path("hash")),
        tx.path("height").asLong(),
        tx.path("index").asInt(),
        CometJson.base64(tx.path("tx")),
        execTx(tx.path("tx_result")));
  }

  /** The proof of {@code tx}. */
  static TxProof proof(JsonNode tx) {
    JsonNode steps = tx.path("proof").path("proof");
    return new TxProof(
        CometJson.hex(tx.path("proof").path("root_hash")),
        steps.path("total").asInt(),
        steps.path("index").asInt(),
        CometJson.base64(steps.path("leaf_hash")),
        CometJson.list(steps.path("aunts"), CometJson::base64));
  }

  /** What CheckTx said, as {@code broadcast_tx_sync}, {@code check_tx} and others tell it. */
  static CheckTxResponse checkTx(JsonNode check) {
    return new CheckTxResponse(
        code(check),
        check.path("codespace").asText(),
        check.path("log").asText(),
        check.path("gas_wanted").asLong(),
        check.path("gas_used").asLong(),
        CometJson.list(check.path("events"), Results::event));
  }

  /**
   * What CheckTx said of a transaction that it refused, as the error of CometBFT v1.0 tells it;
   * empty where it is another error. v0.38 tells it as a result.
   */
  static Optional<CheckTxResponse> refusedTx(String error) {
    Matcher refusal = REFUSED_TX.matcher(error);
    return refusal.find()
        ? Optional.of(
            new CheckTxResponse(
                Integer.parseUnsignedInt(refusal.group(1)),
                refusal.group(3),
                refusal.group(2),
                0,
                0,
                List.of()))
        : Optional.empty();
  }

  /** Consensus parameters; the groups that are there. */
  static ConsensusParams params(JsonNode params) {
    return new ConsensusParams(
        group(
            params,
            "block",
            block ->
                new BlockParams(block.path("max_bytes").asLong(), block.path("max_gas").asLong())),
        group(
            params,
            "evidence",
            evidence ->
                new EvidenceParams(
                    evidence.path("max_age_num_blocks").asLong(),
                    Duration.ofNanos(evidence.path("max_age_duration").asLong()),
                    evidence.path("max_bytes").asLong())),
        group(
            params,
            "validator",
            validator ->
                new ValidatorParams(
                    CometJson.list(validator.path("pub_key_types"), JsonNode::asText))),
        group(params, "version", version -> new VersionParams(version.path("app").asLong())),
        extensions(params).map(height -> new AbciParams(height.asLong())));
  }

  /** The first height with vote extensions: in {@code abci} of v0.38, {@code feature} of v1.0. */
  private static Optional<JsonNode> extensions(JsonNode params) {
    return Stream.of("feature", "abci")
        .map(name -> params.path(name).path("vote_extensions_enable_height"))
        .filter(height -> !height.isMissingNode() && !height.isNull())
        .map(height -> height.isObject() ? height.path("value") : height)
        .findFirst();
  }

  private static ExecTxResult execTx(JsonNode result) {
    return new ExecTxResult(
        code(result),
        CometJson.base64(result.path("data")),
        result.path("log").asText(),
        result.path("gas_wanted").asLong(),
        result.path("gas_used").asLong(),
        CometJson.list(result.path("events"), Results::event),
        result.path("codespace").asText());
  }

  private static Event event(JsonNode event) {
    return new Event(
        event.path("type").asText(),
        CometJson.list(
            event.path("attributes"),
            attribute ->
                new Attribute(
                    attribute.path("key").asText(),
                    attribute.path("value").asText(),
                    attribute.path("index").asBoolean())));
  }

  /** CometBFT v0.38 writes the key within the name of its Go type, v1.0 beside its own type. */
  private static ValidatorUpdate validatorUpdate(JsonNode update) {
    if (update.hasNonNull("pub_key_type")) {
      return new ValidatorUpdate(
          update.path("pub_key_type").asText(),
          CometJson.base64(update.path("pub_key_bytes")),
          update.path("power").asLong());
    }
    return new ValidatorUpdate(
        ED25519,
        CometJson.base64(update.path("pub_key").findPath(ED25519)),
        update.path("power").asLong());
  }

  /** An unsigned number of 32 bits. */
  private static int code(JsonNode result) {
    return (int) result.path("code").asLong();
  }

  private static <T> Optional<T> group(JsonNode params, String name, Function<JsonNode, T> read) {
    return Optional.of(params.path(name)).filter(JsonNode::isObject).map(read);
  }
}
