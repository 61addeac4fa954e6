package io.segue.bundles.rpc;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Methods about blocks: what is in them, what came of them, who made them. */
final class BlockMethods {
  /** Most blocks of one answer of {@code blockchain}. */
  private static final int MAX_METAS = 20;

  private final Engine engine;
  private final Heights heights;

  BlockMethods(Engine engine) {
    this.engine = engine;
    this.heights = new Heights(engine);
  }

  void addTo(Methods methods) {
    methods.add("block", List.of("height"), this::block);
    methods.add("header", List.of("height"), this::header);
    methods.add("block_results", List.of("height"), this::blockResults);
    methods.add("blockchain", List.of("minHeight", "maxHeight"), this::blockchain);
    methods.add("commit", List.of("height"), this::commit);
    methods.add("validators", List.of("height", "page", "per_page"), this::validators);
    methods.add("consensus_params", List.of("height"), this::consensusParams);
  }

  private Method.Answer block(Params params) throws RpcException {
    long height = heights.committed(params);
    Block block = engine.block(height).orElseThrow(gone(height));
    return out -> out.object(() -> BlockJson.block(out, block));
  }

  private Method.Answer header(Params params) throws RpcException {
    BlockMeta meta = meta(heights.committed(params));
    return out -> out.object(() -> BlockJson.header(out, meta.header()));
  }

  private Method.Answer blockResults(Params params) throws RpcException {
    long height = heights.committed(params);
    FinalizeBlockResponse results =
        engine
            .results(height)
            .orElseThrow(
                () -> RpcException.internal("could not find results for height #" + height));
    return out -> out.object(() -> writeResults(out, height, results));
  }

  private Method.Answer blockchain(Params params) throws RpcException {
    long newest = engine.height();
    long max = Math.min(newest, positive(params, "maxHeight", newest));
    long min =
        Math.max(
            Math.max(engine.oldestHeight(), max - MAX_METAS + 1), positive(params, "minHeight", 1));
    if (min > max) {
      throw RpcException.internal("min height " + min + " can't be greater than max height " + max);
    }
    List<BlockMeta> metas = new ArrayList<>();
    for (long height = max; height >= min; height--) {
      engine.meta(height).ifPresent(metas::add);
    }
    return out ->
        out.object(
            () -> {
              out.int64("last_height", newest);
              out.array("block_metas", metas, meta -> writeMeta(out, meta));
            });
  }

  private Method.Answer commit(Params params) throws RpcException {
    long height = heights.committed(params);
    BlockMeta meta = meta(height);
    Commit commit = engine.commit(height).orElseThrow(gone(height));
    boolean canonical = height < engine.height();
    return out ->
        out.object(
            () -> {
              out.object(
                  "signed_header",
                  () -> {
                    BlockJson.header(out, meta.header());
                    BlockJson.commit(out, "commit", commit);
                  });
              out.flag("canonical", canonical);
            });
  }

  private Method.Answer validators(Params params) throws RpcException {
    long height = heights.decided(params);
    List<ValidatorInfo> all = engine.validators(height);
    Pages pages = Pages.of(params);
    pages.check(params, all.size());
    List<ValidatorInfo> page = all.stream().skip(pages.offset()).limit(pages.limit()).toList();
    return out ->
        out.object(
            () -> {
              out.int64("block_height", height);
              out.array("validators", page, validator -> writeValidator(out, validator));
              out.int64("count", page.size());
              out.int64("total", all.size());
            });
  }

  private Method.Answer consensusParams(Params params) throws RpcException {
    long height = heights.decided(params);
    var found =
        engine
            .consensusParams(height)
            .orElseThrow(
                () ->
                    RpcException.internal("could not find consensus params for height #" + height));
    return out ->
        out.object(
            () -> {
              out.int64("block_height", height);
              out.name("consensus_params");
              ResultJson.params(out, found, false);
            });
  }

  static void writeKey(JsonOut out, byte[] publicKey) throws IOException {
    out.object(
        "pub_key",
        () -> {
          out.text("type", "tendermint/PubKeyEd25519");
          out.base64("value", publicKey);
        });
  }

  private static void writeValidator(JsonOut out, ValidatorInfo validator) throws IOException {
    out.object(
        () -> {
          out.hex("address", validator.address());
          writeKey(out, validator.publicKey());
          out.int64("voting_power", validator.power());
          out.int64("proposer_priority", 0);
        });
  }

  private static void writeMeta(JsonOut out, BlockMeta meta) throws IOException {
    out.object(
        () -> {
          BlockJson.blockId(out, "block_id", meta.id());
          out.int64("block_size", meta.sizeBytes());
          BlockJson.header(out, meta.header());
          out.int64("num_txs", meta.txCount());
        });
  }

  private static void writeResults(JsonOut out, long height, FinalizeBlockResponse results)
      throws IOException {
    out.int64("height", height);
    if (results.txResults().isEmpty()) {
      out.none("txs_results");
    } else {
      out.array("txs_results", results.txResults(), result -> ResultJson.result(out, result));
    }
    if (results.events().isEmpty()) {
      out.none("finalize_block_events");
    } else {
      out.array("finalize_block_events", results.events(), e -> ResultJson.event(out, e));
    }
    if (results.validatorUpdates().isEmpty()) {
      out.none("validator_updates");
    } else {
      out.array(
          "validator_updates",
          results.validatorUpdates(),
          update -> ResultJson.validatorUpdate(out, update));
    }
    if (results.consensusParamUpdates().isEmpty()) {
      out.none("consensus_param_updates");
    } else {
      out.name("consensus_param_updates");
      ResultJson.params(out, results.consensusParamUpdates().get(), true);
    }
    out.base64("app_hash", results.appHash());
  }

  private BlockMeta meta(long height) throws RpcException {
    return engine.meta(height).orElseThrow(gone(height));
  }

  /** A height's block that was removed between the check of the height and its reading. */
  private Supplier<RpcException> gone(long height) {
    return () ->
        RpcException.internal(
            "height " + height + " is not available, lowest height is " + engine.oldestHeight());
  }

  private static long positive(Params params, String name, long absent) throws RpcException {
    long value = params.number(name).orElse(0);
    if (value < 0) {
      throw RpcException.internal("heights must be non-negative");
    }
    return value == 0 ? absent : value;
  }
}
