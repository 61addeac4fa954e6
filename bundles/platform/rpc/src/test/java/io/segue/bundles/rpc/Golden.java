package io.segue.bundles.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.BlockParams;
import io.segue.kernel.api.abci.Abci.ConsensusParams;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.EvidenceParams;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Abci.ValidatorParams;
import io.segue.kernel.api.abci.Abci.ValidatorUpdate;
import io.segue.kernel.api.abci.Abci.VersionParams;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.CommitSig;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxResult;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Answers of a CometBFT v0.38 node, recorded, and the chain they tell of. */
public final class Golden {
  static final JsonNode RECORDED = read("/rpc-golden.json");

  /** What a subscriber of a CometBFT v0.38 node was told, recorded. */
  private static final JsonNode EVENTS = read("/rpc-events.json");

  private Golden() {}

  /** The recorded calls of a method. */
  static List<JsonNode> calls(String method) {
    return StreamSupport.stream(RECORDED.path("calls").spliterator(), false)
        .filter(call -> call.path("method").asText().equals(method))
        .toList();
  }

  /** The recorded messages to subscribers, in their order. */
  public static List<JsonNode> messages() {
    return StreamSupport.stream(EVENTS.path("messages").spliterator(), false).toList();
  }

  /** An engine with the blocks of which the recorded messages tell; it has committed none yet. */
  public static FakeEngine eventsEngine() {
    FakeEngine engine = new FakeEngine();
    for (JsonNode message : messages()) {
      JsonNode value = message.at("/result/data/value");
      if (value.has("block")) {
        Block block = block(value);
        engine.blocks.put(block.header().height(), block);
        engine.results.put(block.header().height(), finalized(value.path("result_finalize_block")));
        engine.validators.put(
            block.header().height(),
            List.of(new ValidatorInfo(block.header().proposerAddress(), new byte[32], 10)));
        engine.commits.putIfAbsent(
            block.header().height(), new Commit(block.header().height(), 0, block.id(), List.of()));
      }
      JsonNode vote = value.path("Vote");
      if (vote.path("type").asInt() == 2) {
        engine.commits.put(vote.path("height").asLong(), commit(vote, 2));
      }
    }
    return engine;
  }

  private static Commit commit(JsonNode vote, int flag) {
    return new Commit(
        vote.path("height").asLong(),
        vote.path("round").asInt(),
        blockId(vote.path("block_id")),
        List.of(
            new CommitSig(
                flag,
                hex(vote.path("validator_address")),
                Instant.parse(vote.path("timestamp").asText()),
                base64(vote.path("signature")))));
  }

  private static FinalizeBlockResponse finalized(JsonNode response) {
    List<ExecTxResult> results = new ArrayList<>();
    response.path("tx_results").forEach(result -> results.add(result(result)));
    List<ValidatorUpdate> updates = new ArrayList<>();
    for (JsonNode update : response.path("validator_updates")) {
      updates.add(
          new ValidatorUpdate(
              "ed25519",
              base64(update.at("/pub_key/Sum/value/ed25519")),
              update.path("power").asLong()));
    }
    return new FinalizeBlockResponse(
        events(response.path("events")),
        results,
        updates,
        Optional.empty(),
        base64(response.path("app_hash")));
  }

  /** An engine with the chain that the recorded answers tell of. */
  static FakeEngine engine() {
    FakeEngine engine = new FakeEngine();
    JsonNode status = calls("status").get(0).at("/response/result");
    JsonNode info = calls("abci_info").get(0).at("/response/result/response");
    engine.chainId = status.at("/node_info/network").asText();
    engine.height = status.at("/sync_info/latest_block_height").asLong();
    engine.validator = validator(status.path("validator_info"));
    engine.info =
        new InfoResponse(
            info.path("data").asText(),
            "",
            0,
            info.path("last_block_height").asLong(),
            base64(info.path("last_block_app_hash")));
    for (JsonNode call : calls("block")) {
      JsonNode result = call.at("/response/result");
      if (result.isObject()) {
        Block block = block(result);
        long height = block.header().height();
        engine.blocks.put(height, block);
        engine.metas.put(
            height, new BlockMeta(block.id(), block.header(), 340, block.txs().size()));
      }
    }
    for (JsonNode call : calls("commit")) {
      JsonNode signed = call.at("/response/result/signed_header");
      Commit commit = commit(signed.path("commit"));
      Header header = header(signed.path("header"));
      engine.commits.put(header.height(), commit);
      engine.metas.put(header.height(), new BlockMeta(commit.blockId(), header, 340, 0));
    }
    for (JsonNode call : calls("header")) {
      Header header = header(call.at("/response/result/header"));
      engine.metas.put(
          header.height(), new BlockMeta(new BlockId(new byte[0], 0, new byte[0]), header, 0, 0));
    }
    JsonNode tx = calls("tx").get(0).at("/response/result");
    engine.commit(
        new TxResult(
            hex(tx.path("hash")),
            tx.path("height").asLong(),
            tx.path("index").asInt(),
            base64(tx.path("tx")),
            result(tx.path("tx_result"))));
    engine.proof =
        Optional.of(
            new TxProof(
                hex(tx.at("/proof/root_hash")),
                tx.at("/proof/proof/total").asInt(),
                tx.at("/proof/proof/index").asInt(),
                base64(tx.at("/proof/proof/leaf_hash")),
                List.of()));
    JsonNode results = calls("block_results").get(0).at("/response/result");
    engine.results.put(
        results.path("height").asLong(),
        new FinalizeBlockResponse(
            events(results.path("finalize_block_events")),
            List.of(result(tx.path("tx_result"))),
            List.of(),
            Optional.of(params(results.path("consensus_param_updates"))),
            base64(results.path("app_hash"))));
    JsonNode validators = calls("validators").get(0).at("/response/result");
    engine.validators.put(
        validators.path("block_height").asLong(),
        List.of(validator(validators.path("validators").path(0))));
    engine.genesis =
        calls("genesis").get(0).at("/response/result/genesis").toString().getBytes(UTF_8);
    return engine;
  }

  static QueryResponse query(JsonNode response) {
    return new QueryResponse(
        response.path("code").asInt(),
        response.path("codespace").asText(),
        response.path("log").asText(),
        base64(response.path("key")),
        base64(response.path("value")),
        List.of(),
        response.path("height").asLong());
  }

  private static Block block(JsonNode result) {
    JsonNode block = result.path("block");
    List<byte[]> txs = new ArrayList<>();
    block.at("/data/txs").forEach(tx -> txs.add(base64(tx)));
    return new Block(
        blockId(result.path("block_id")),
        header(block.path("header")),
        txs,
        commit(block.path("last_commit")));
  }

  private static Header header(JsonNode header) {
    return new Header(
        header.at("/version/block").asLong(),
        header.at("/version/app").asLong(),
        header.path("chain_id").asText(),
        header.path("height").asLong(),
        Instant.parse(header.path("time").asText()),
        blockId(header.path("last_block_id")),
        hex(header.path("last_commit_hash")),
        hex(header.path("data_hash")),
        hex(header.path("validators_hash")),
        hex(header.path("next_validators_hash")),
        hex(header.path("consensus_hash")),
        hex(header.path("app_hash")),
        hex(header.path("last_results_hash")),
        hex(header.path("evidence_hash")),
        hex(header.path("proposer_address")));
  }

  private static Commit commit(JsonNode commit) {
    List<CommitSig> signatures = new ArrayList<>();
    for (JsonNode signature : commit.path("signatures")) {
      signatures.add(
          new CommitSig(
              signature.path("block_id_flag").asInt(),
              hex(signature.path("validator_address")),
              Instant.parse(signature.path("timestamp").asText()),
              base64(signature.path("signature"))));
    }
    return new Commit(
        commit.path("height").asLong(),
        commit.path("round").asInt(),
        blockId(commit.path("block_id")),
        signatures);
  }

  private static BlockId blockId(JsonNode id) {
    return new BlockId(
        hex(id.path("hash")), id.at("/parts/total").asInt(), hex(id.at("/parts/hash")));
  }

  private static ValidatorInfo validator(JsonNode validator) {
    return new ValidatorInfo(
        hex(validator.path("address")),
        base64(validator.at("/pub_key/value")),
        validator.path("voting_power").asLong());
  }

  private static ExecTxResult result(JsonNode result) {
    return new ExecTxResult(
        result.path("code").asInt(),
        base64(result.path("data")),
        result.path("log").asText(),
        result.path("gas_wanted").asLong(),
        result.path("gas_used").asLong(),
        events(result.path("events")),
        result.path("codespace").asText());
  }

  private static List<Event> events(JsonNode events) {
    List<Event> list = new ArrayList<>();
    for (JsonNode event : events) {
      List<Attribute> attributes = new ArrayList<>();
      for (JsonNode attribute : event.path("attributes")) {
        attributes.add(
            new Attribute(
                attribute.path("key").asText(),
                attribute.path("value").asText(),
                attribute.path("index").asBoolean()));
      }
      list.add(new Event(event.path("type").asText(), attributes));
    }
    return list;
  }

  private static ConsensusParams params(JsonNode params) {
    return new ConsensusParams(
        Optional.of(
            new BlockParams(
                params.at("/block/max_bytes").asLong(), params.at("/block/max_gas").asLong())),
        Optional.of(
            new EvidenceParams(
                params.at("/evidence/max_age_num_blocks").asLong(),
                Duration.ofNanos(params.at("/evidence/max_age_duration").asLong()),
                params.at("/evidence/max_bytes").asLong())),
        Optional.of(new ValidatorParams(List.of("ed25519"))),
        Optional.of(new VersionParams(0)));
  }

  private static byte[] hex(JsonNode text) {
    return HexFormat.of().parseHex(text.asText().toLowerCase(Locale.ROOT));
  }

  private static byte[] base64(JsonNode text) {
    return text.isTextual() ? Base64.getDecoder().decode(text.asText()) : new byte[0];
  }

  private static JsonNode read(String resource) {
    try (InputStream in = Golden.class.getResourceAsStream(resource)) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
