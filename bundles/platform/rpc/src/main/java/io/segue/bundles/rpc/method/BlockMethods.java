package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.BlockJson;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.bundles.rpc.json.ResultJson;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Block;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Commit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** MethodTable about blocks: what is in them, what came of them, what they hold. */
public final class BlockMethods {
  /** Most blocks of one answer of {@code blockchain}. */
  private static final int MAX_METAS = 20;

  private static final BlockId NO_BLOCK = new BlockId(new byte[0], 0, new byte[0]);

  private final Engine engine;
  private final Heights heights;

  public BlockMethods(Engine engine) {
    this.engine = engine;
    this.heights = new Heights(engine);
  }

  public void addTo(MethodTable methods) {
    methods.add("block", List.of("height"), this::block);
    methods.add("block_by_hash", List.of("hash"), this::blockByHash);
    methods.add("header", List.of("height"), this::header);
    methods.add("header_by_hash", List.of("hash"), this::headerByHash);
    methods.add("block_results", List.of("height"), this::blockResults);
    methods.add("blockchain", List.of("minHeight", "maxHeight"), this::blockchain);
    methods.add("commit", List.of("height"), this::commit);
  }

  private Method.Answer block(CallParams params) throws RpcException {
    long height = heights.committed(params);
    Block block = engine.block(height).orElseThrow(gone(height));
    return out -> out.object(() -> BlockJson.block(out, block));
  }

  /** As CometBFT an answer without a block where there is none of the hash. */
  private Method.Answer blockByHash(CallParams params) throws RpcException {
    Optional<Block> block = engine.heightOf(params.base64("hash")).flatMap(engine::block);
    return out ->
        out.object(
            () -> {
              if (block.isPresent()) {
                BlockJson.block(out, block.get());
              } else {
                BlockJson.blockId(out, "block_id", NO_BLOCK);
                out.none("block");
              }
            });
  }

  private Method.Answer headerByHash(CallParams params) throws RpcException {
    Optional<BlockMeta> meta = engine.heightOf(params.hex("hash")).flatMap(engine::meta);
    return out ->
        out.object(
            () -> {
              if (meta.isPresent()) {
                BlockJson.header(out, meta.get().header());
              } else {
                out.none("header");
              }
            });
  }

  private Method.Answer header(CallParams params) throws RpcException {
    BlockMeta meta = meta(heights.committed(params));
    return out -> out.object(() -> BlockJson.header(out, meta.header()));
  }

  private Method.Answer blockResults(CallParams params) throws RpcException {
    long height = heights.committed(params);
    FinalizeBlockResponse results =
        engine
            .results(height)
            .orElseThrow(
                () -> RpcException.internal("could not find results for height #" + height));
    return out -> out.object(() -> writeResults(out, height, results));
  }

  private Method.Answer blockchain(CallParams params) throws RpcException {
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

  private Method.Answer commit(CallParams params) throws RpcException {
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

  private static long positive(CallParams params, String name, long absent) throws RpcException {
    long value = params.number(name).orElse(0);
    if (value < 0) {
      throw RpcException.internal("heights must be non-negative");
    }
    return value == 0 ? absent : value;
  }
}
