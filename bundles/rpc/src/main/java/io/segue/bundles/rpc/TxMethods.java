package io.segue.bundles.rpc;

import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.Condition;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.TxPage;
import io.segue.kernel.api.engine.Engine.TxProof;
import io.segue.kernel.api.engine.Engine.TxQuery;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Methods that take, find and search transactions. */
final class TxMethods {
  private final Engine engine;
  private final CommitWaiters waiters;

  TxMethods(Engine engine, CommitWaiters waiters) {
    this.engine = engine;
    this.waiters = waiters;
  }

  void addTo(Methods methods) {
    methods.add("broadcast_tx_sync", List.of("tx"), this::broadcastSync);
    methods.add("broadcast_tx_async", List.of("tx"), this::broadcastAsync);
    methods.add("broadcast_tx_commit", List.of("tx"), this::broadcastCommit);
    methods.add("tx", List.of("hash", "prove"), this::tx);
    methods.add(
        "tx_search", List.of("query", "prove", "page", "per_page", "order_by"), this::search);
  }

  private Method.Answer broadcastSync(Params params) throws RpcException {
    byte[] tx = params.base64("tx");
    CheckTxResponse check = check(tx);
    return out -> writeBroadcast(out, check.code(), check.log(), check.codespace(), sha256(tx));
  }

  private Method.Answer broadcastAsync(Params params) throws RpcException {
    byte[] tx = params.base64("tx");
    try {
      engine.submit(tx);
    } catch (MempoolException e) {
      throw refused(e);
    }
    return out -> writeBroadcast(out, 0, "", "", sha256(tx));
  }

  private Method.Answer broadcastCommit(Params params) throws RpcException {
    byte[] tx = params.base64("tx");
    byte[] hash = sha256(tx);
    try (CommitWaiters.Waiter waiter = waiters.await(hash)) {
      CheckTxResponse check = check(tx);
      if (check.code() != 0) {
        return out -> writeCommitted(out, check, ResultJson.NONE, hash, 0);
      }
      TxResult result = waiter.result();
      return out -> writeCommitted(out, check, result.result(), hash, result.height());
    }
  }

  private Method.Answer tx(Params params) throws RpcException {
    byte[] hash = params.base64("hash");
    boolean prove = params.flag("prove");
    TxResult tx =
        engine
            .tx(hash)
            .orElseThrow(
                () ->
                    RpcException.internal(
                        "tx (" + HexFormat.of().withUpperCase().formatHex(hash) + ") not found"));
    Optional<TxProof> proof = proof(tx, prove);
    return out -> ResultJson.tx(out, tx, proof);
  }

  private Method.Answer search(Params params) throws RpcException {
    String order = params.text("order_by");
    if (!order.isEmpty() && !order.equals("asc") && !order.equals("desc")) {
      throw RpcException.internal("expected order_by to be either `asc` or `desc` or empty");
    }
    List<Condition> conditions = QueryParser.parse(params.text("query"));
    boolean prove = params.flag("prove");
    Pages pages = Pages.of(params);
    TxPage page;
    try {
      page =
          engine.search(
              new TxQuery(
                  conditions, order.equals("desc"), Math.max(0, pages.offset()), pages.limit()));
    } catch (IllegalArgumentException e) {
      throw RpcException.internal(String.valueOf(e.getMessage()));
    }
    pages.check(params, page.total());
    return out ->
        out.object(
            () -> {
              out.array("txs", page.txs(), tx -> ResultJson.tx(out, tx, proof(tx, prove)));
              out.int64("total_count", page.total());
            });
  }

  private Optional<TxProof> proof(TxResult tx, boolean prove) {
    return prove ? engine.proof(tx.height(), tx.index()) : Optional.empty();
  }

  private CheckTxResponse check(byte[] tx) throws RpcException {
    try {
      return engine.broadcast(tx);
    } catch (MempoolException e) {
      throw refused(e);
    }
  }

  private static RpcException refused(MempoolException e) {
    return RpcException.internal(String.valueOf(e.getMessage()));
  }

  private static void writeBroadcast(
      JsonOut out, int code, String log, String codespace, byte[] hash) throws IOException {
    out.object(
        () -> {
          out.int32("code", code);
          out.text("data", "");
          out.text("log", log);
          out.text("codespace", codespace);
          out.hex("hash", hash);
        });
  }

  private static void writeCommitted(
      JsonOut out, CheckTxResponse check, ExecTxResult result, byte[] hash, long height)
      throws IOException {
    out.object(
        () -> {
          ResultJson.result(out, "check_tx", ResultJson.checked(check));
          ResultJson.result(out, "tx_result", result);
          out.hex("hash", hash);
          out.int64("height", height);
        });
  }

  static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
