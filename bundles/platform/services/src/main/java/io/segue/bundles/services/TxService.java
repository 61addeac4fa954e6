package io.segue.bundles.services;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.segue.bundles.sdk.proto.abci.TxResponse;
import io.segue.bundles.sdk.proto.base.PageRequest;
import io.segue.bundles.sdk.proto.base.PageResponse;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.tx.RawTx;
import io.segue.bundles.services.proto.tx.BroadcastMode;
import io.segue.bundles.services.proto.tx.BroadcastTxRequest;
import io.segue.bundles.services.proto.tx.BroadcastTxResponse;
import io.segue.bundles.services.proto.tx.GetBlockWithTxsRequest;
import io.segue.bundles.services.proto.tx.GetBlockWithTxsResponse;
import io.segue.bundles.services.proto.tx.GetTxRequest;
import io.segue.bundles.services.proto.tx.GetTxResponse;
import io.segue.bundles.services.proto.tx.GetTxsEventRequest;
import io.segue.bundles.services.proto.tx.TxDecodeAminoRequest;
import io.segue.bundles.services.proto.tx.TxDecodeRequest;
import io.segue.bundles.services.proto.tx.TxDecodeResponse;
import io.segue.bundles.services.proto.tx.TxEncodeAminoRequest;
import io.segue.bundles.services.proto.tx.TxEncodeRequest;
import io.segue.bundles.services.proto.tx.TxEncodeResponse;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;
import io.segue.kernel.api.node.NodeQueries.NodeQuery;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code cosmos.tx.v1beta1.Service}: takes, finds and decodes transactions. Simulation is the
 * kernel's.
 */
final class TxService {
  /** The protobuf name of the service. */
  static final String NAME = "cosmos.tx.v1beta1.Service";

  /** Most transactions of one answer; what a request that does not say gets, too. */
  static final int MAX_TXS = 100;

  private static final String SDK = "sdk";
  private static final int INVALID_REQUEST = 18;
  private static final int TX_IN_MEMPOOL = 19;
  private static final int MEMPOOL_IS_FULL = 20;
  private static final int TX_TOO_LARGE = 21;
  private static final int INVALID_HEIGHT = 26;

  private final ChainReader chain;
  private final Engine engine;

  TxService(ChainReader chain) {
    this.chain = chain;
    this.engine = chain.engine();
  }

  Map<String, NodeQuery> queries() {
    return new Service(NAME)
        .add("GetTx", GetTxRequest.parser(), this::tx)
        .add("BroadcastTx", BroadcastTxRequest.parser(), this::broadcast)
        .add("GetTxsEvent", GetTxsEventRequest.parser(), new TxsEvent(engine, this)::search)
        .add("GetBlockWithTxs", GetBlockWithTxsRequest.parser(), this::block)
        .add("TxDecode", TxDecodeRequest.parser(), TxService::decode)
        .add("TxEncode", TxEncodeRequest.parser(), TxService::encode)
        .add("TxEncodeAmino", TxEncodeAminoRequest.parser(), request -> noAmino())
        .add("TxDecodeAmino", TxDecodeAminoRequest.parser(), request -> noAmino())
        .queries();
  }

  /** The time of a block, as its transactions tell it. */
  Instant time(long height) {
    return engine.meta(height).map(meta -> meta.header().time()).orElse(Instant.EPOCH);
  }

  private Message tx(GetTxRequest request) {
    if (request.getHash().isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "tx hash cannot be empty");
    }
    Engine.TxResult found =
        engine
            .tx(hash(request.getHash()))
            .orElseThrow(
                () -> new QueryException(Status.NotFound, "tx not found: " + request.getHash()));
    Tx tx = TxResponses.inBlock(found.tx()).orElse(Tx.getDefaultInstance());
    return GetTxResponse.newBuilder()
        .setTx(tx)
        .setTxResponse(TxResponses.committed(found, tx, time(found.height())))
        .build();
  }

  private Message broadcast(BroadcastTxRequest request) {
    byte[] tx = request.getTxBytes().toByteArray();
    if (tx.length == 0) {
      throw new QueryException(Status.InvalidArgument, "invalid empty tx");
    }
    boolean sync = request.getMode() == BroadcastMode.BROADCAST_MODE_SYNC;
    if (!sync && request.getMode() != BroadcastMode.BROADCAST_MODE_ASYNC) {
      throw new IllegalArgumentException(
          "unsupported return type unspecified; supported types: sync, async");
    }
    return BroadcastTxResponse.newBuilder().setTxResponse(offer(tx, sync)).build();
  }

  private TxResponse offer(byte[] tx, boolean sync) {
    byte[] hash = sha256(tx);
    try {
      if (!sync) {
        engine.submit(tx);
        return TxResponses.checked(hash, "", 0, "");
      }
      CheckTxResponse check = engine.broadcast(tx);
      return TxResponses.checked(hash, check.codespace(), check.code(), check.log());
    } catch (MempoolException e) {
      String why = String.valueOf(e.getMessage());
      int code = mempoolCode(why);
      if (code == 0) {
        throw new IllegalArgumentException(why, e);
      }
      return TxResponses.checked(hash, SDK, code, "");
    }
  }

  /** The SDK's code for what a mempool says; 0 where it has none. */
  private static int mempoolCode(String text) {
    String why = text.toLowerCase(Locale.ROOT);
    return why.contains("tx already exists in cache")
        ? TX_IN_MEMPOOL
        : why.contains("mempool is full")
            ? MEMPOOL_IS_FULL
            : why.contains("tx too large") ? TX_TOO_LARGE : 0;
  }

  private Message block(GetBlockWithTxsRequest request) {
    long height = request.getHeight();
    long last = engine.height();
    if (height < 1 || height > last) {
      throw new ModuleException(
          SDK,
          INVALID_HEIGHT,
          "requested height %d but height must not be less than 1 or greater than the current height %d: invalid height"
              .formatted(height, last));
    }
    Engine.Block block = chain.block(height);
    GetBlockWithTxsResponse.Builder response =
        GetBlockWithTxsResponse.newBuilder()
            .setBlockId(BlockMessages.id(block.id()))
            .setBlock(BlockMessages.block(block))
            .setPagination(PageResponse.newBuilder().setTotal(block.txs().size()));
    page(block.txs(), request.getPagination())
        .forEach(tx -> TxResponses.inBlock(tx).ifPresent(response::addTxs));
    return response.build();
  }

  /** The transactions of a page; counted from the end where it is reversed. */
  private static List<byte[]> page(List<byte[]> txs, PageRequest page) {
    long offset = page.getOffset();
    long limit = page.getLimit() == 0 ? MAX_TXS : page.getLimit();
    if (!txs.isEmpty() && Long.compareUnsigned(offset, txs.size()) >= 0) {
      throw new ModuleException(
          SDK,
          INVALID_REQUEST,
          "out of range: cannot paginate %d txs with offset %s and limit %s: invalid request"
              .formatted(txs.size(), Long.toUnsignedString(offset), Long.toUnsignedString(limit)));
    }
    int first = txs.isEmpty() ? 0 : (int) offset;
    long most = Long.compareUnsigned(limit, MAX_TXS) > 0 ? MAX_TXS : limit;
    int end = (int) Math.min(txs.size(), first + most);
    if (!page.getReverse()) {
      return txs.subList(first, end);
    }
    List<byte[]> reversed = new ArrayList<>(txs.subList(txs.size() - end, txs.size() - first));
    Collections.reverse(reversed);
    return reversed;
  }

  private static Message decode(TxDecodeRequest request) {
    if (request.getTxBytes().isEmpty()) {
      throw new QueryException(Status.InvalidArgument, "invalid empty tx bytes");
    }
    return TxDecodeResponse.newBuilder()
        .setTx(TxResponses.decode(request.getTxBytes().toByteArray()))
        .build();
  }

  private static Message encode(TxEncodeRequest request) {
    if (!request.hasTx()) {
      throw new QueryException(Status.InvalidArgument, "invalid empty tx");
    }
    return TxEncodeResponse.newBuilder()
        .setTxBytes(ByteString.copyFrom(RawTx.bytes(request.getTx())))
        .build();
  }

  private static Message noAmino() {
    throw new QueryException(
        Status.Unimplemented,
        "this chain has no transactions in Amino's form; use TxEncode and TxDecode");
  }

  private static byte[] hash(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the hash is not in hex: " + e.getMessage(), e);
    }
  }

  static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
