package io.segue.bundles.rpc.method;

import static java.util.stream.Collectors.joining;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.ConsensusJson;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.kernel.api.abci.Abci.InfoResponse;
import io.segue.kernel.api.abci.Abci.QueryRequest;
import io.segue.kernel.api.abci.Abci.QueryResponse;
import io.segue.kernel.api.abci.Application;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.BlockId;
import io.segue.kernel.api.engine.Engine.BlockMeta;
import io.segue.kernel.api.engine.Engine.Header;
import io.segue.kernel.api.engine.Engine.MempoolSize;
import io.segue.kernel.api.engine.Engine.ValidatorInfo;
import io.segue.kernel.api.node.NodeHold;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** MethodTable about the node and its application. */
public final class NodeMethods {
  /** Clients choose their dialect by it: a CometBFT v0.38. */
  private static final String VERSION = "0.38.25";

  private static final long P2P_PROTOCOL = 8;

  private static final int DEFAULT_PENDING = 30;
  private static final int MAX_PENDING = 100;

  /** What a chain tells of its blocks before it has one. */
  private static final BlockMeta NO_BLOCK = noBlock();

  private final Engine engine;
  private final Application application;
  private final Supplier<String> listenAddress;
  private final Supplier<List<NodeHold>> holds;

  /**
   * The methods.
   *
   * @param listenAddress where this server listens, as {@code tcp://host:port}
   * @param holds what holds the node
   */
  public NodeMethods(
      Engine engine,
      Application application,
      Supplier<String> listenAddress,
      Supplier<List<NodeHold>> holds) {
    this.engine = engine;
    this.application = application;
    this.listenAddress = listenAddress;
    this.holds = holds;
  }

  public void addTo(MethodTable methods) {
    methods.add("status", List.of(), this::status);
    methods.add("health", List.of(), this::health);
    methods.add("net_info", List.of(), this::netInfo);
    methods.add("abci_info", List.of(), this::abciInfo);
    methods.add("abci_query", List.of("path", "data", "height", "prove"), this::abciQuery);
    methods.add("num_unconfirmed_txs", List.of(), params -> mempool(Optional.empty()));
    methods.add(
        "unconfirmed_txs",
        List.of("limit"),
        params -> {
          long limit = params.number("limit").orElse(DEFAULT_PENDING);
          int legal = limit < 1 ? DEFAULT_PENDING : (int) Math.min(limit, MAX_PENDING);
          return mempool(Optional.of(engine.pending(legal)));
        });
  }

  private Method.Answer status(CallParams params) throws RpcException {
    long height = engine.height();
    BlockMeta latest = height == 0 ? NO_BLOCK : meta(height);
    BlockMeta earliest = height == 0 ? NO_BLOCK : meta(engine.oldestHeight());
    ValidatorInfo validator = engine.validator();
    return out ->
        out.object(
            () -> {
              out.object("node_info", () -> writeNodeInfo(out, latest.header().appVersion()));
              out.object(
                  "sync_info",
                  () -> {
                    writeSync(out, "latest", latest);
                    writeSync(out, "earliest", earliest);
                    out.flag("catching_up", false);
                  });
              out.object(
                  "validator_info",
                  () -> {
                    out.hex("address", validator.address());
                    ConsensusJson.key(out, validator.publicKey());
                    out.int64("voting_power", validator.power());
                  });
            });
  }

  private Method.Answer health(CallParams params) throws RpcException {
    List<NodeHold> now = holds.get();
    if (!now.isEmpty()) {
      throw RpcException.internal(
          "the node is held: " + now.stream().map(NodeHold::text).collect(joining("; ")));
    }
    return out -> out.object(() -> {});
  }

  private void writeNodeInfo(JsonOut out, long appVersion) throws IOException {
    out.object(
        "protocol_version",
        () -> {
          out.int64("p2p", P2P_PROTOCOL);
          out.int64("block", 11);
          out.int64("app", appVersion);
        });
    out.text("id", HexFormat.of().formatHex(engine.nodeInfo().id()));
    out.text("listen_addr", listenAddress.get());
    out.text("network", engine.chainId());
    out.text("version", VERSION);
    out.text("channels", "");
    out.text("moniker", engine.nodeInfo().moniker());
    out.object(
        "other",
        () -> {
          out.text("tx_index", "on");
          out.text("rpc_address", listenAddress.get());
        });
  }

  private static void writeSync(JsonOut out, String which, BlockMeta meta) throws IOException {
    out.hex(which + "_block_hash", meta.id().hash());
    out.hex(which + "_app_hash", meta.header().appHash());
    out.int64(which + "_block_height", meta.header().height());
    out.time(which + "_block_time", meta.header().time());
  }

  private Method.Answer netInfo(CallParams params) {
    return out ->
        out.object(
            () -> {
              out.flag("listening", false);
              out.array("listeners", List.<String>of(), out::string);
              out.int64("n_peers", 0);
              out.array("peers", List.<String>of(), out::string);
            });
  }

  private Method.Answer abciInfo(CallParams params) {
    InfoResponse info = engine.applicationInfo();
    return out -> out.object(() -> out.object("response", () -> writeInfo(out, info)));
  }

  private static void writeInfo(JsonOut out, InfoResponse info) throws IOException {
    if (!info.data().isEmpty()) {
      out.text("data", info.data());
    }
    if (!info.version().isEmpty()) {
      out.text("version", info.version());
    }
    if (info.appVersion() != 0) {
      out.int64("app_version", info.appVersion());
    }
    out.int64("last_block_height", info.lastBlockHeight());
    out.base64("last_block_app_hash", info.lastBlockAppHash());
  }

  private Method.Answer abciQuery(CallParams params) throws RpcException {
    QueryResponse answer =
        application.query(
            new QueryRequest(
                params.hex("data"),
                params.text("path"),
                params.number("height").orElse(0),
                params.flag("prove")));
    return out -> out.object(() -> out.object("response", () -> writeQuery(out, answer)));
  }

  private static void writeQuery(JsonOut out, QueryResponse answer) throws IOException {
    out.int32("code", answer.code());
    out.text("log", answer.log());
    out.text("info", "");
    out.int64("index", 0);
    out.base64("key", answer.key());
    out.base64("value", answer.value());
    if (answer.proofOps().isEmpty()) {
      out.none("proofOps");
    } else {
      out.object(
          "proofOps",
          () ->
              out.array(
                  "ops",
                  answer.proofOps(),
                  op ->
                      out.object(
                          () -> {
                            out.text("type", op.type());
                            out.base64("key", op.key());
                            out.base64("data", op.data());
                          })));
    }
    out.int64("height", answer.height());
    out.text("codespace", answer.codespace());
  }

  private Method.Answer mempool(Optional<List<byte[]>> txs) {
    MempoolSize size = engine.mempool();
    return out ->
        out.object(
            () -> {
              out.int64("n_txs", txs.map(List::size).orElse(size.count()));
              out.int64("total", size.count());
              out.int64("total_bytes", size.bytes());
              if (txs.isPresent()) {
                out.array("txs", txs.get(), out::base64);
              } else {
                out.none("txs");
              }
            });
  }

  private static BlockMeta noBlock() {
    byte[] none = {};
    BlockId noId = new BlockId(none, 0, none);
    return new BlockMeta(
        noId,
        new Header(
            0, 0, "", 0, Instant.EPOCH, noId, none, none, none, none, none, none, none, none, none),
        0,
        0);
  }

  private BlockMeta meta(long height) throws RpcException {
    return engine
        .meta(height)
        .orElseThrow(() -> RpcException.internal("height " + height + " is not available"));
  }
}
