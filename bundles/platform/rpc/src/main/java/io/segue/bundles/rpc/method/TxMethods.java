package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.CallParams;
import io.segue.bundles.rpc.call.Method;
import io.segue.bundles.rpc.call.MethodTable;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.bundles.rpc.json.JsonOut;
import io.segue.bundles.rpc.json.ResultJson;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.MempoolException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** MethodTable that take transactions. */
public final class TxMethods {
  private final Engine engine;
  private final CommitWaiters waiters;

  public TxMethods(Engine engine, CommitWaiters waiters) {
    this.engine = engine;
    this.waiters = waiters;
  }

  public void addTo(MethodTable methods) {
    methods.add("broadcast_tx_sync", List.of("tx"), this::broadcastSync);
    methods.add("broadcast_tx_async", List.of("tx"), this::broadcastAsync);
    methods.addWaiting("broadcast_tx_commit", List.of("tx"), this::broadcastCommit);
    methods.add("check_tx", List.of("tx"), this::checkTx);
  }

  private Method.Answer broadcastSync(CallParams params) throws RpcException {
    byte[] tx = params.base64("tx");
    CheckTxResponse check = check(tx);
    return out -> writeBroadcast(out, check.code(), check.log(), check.codespace(), sha256(tx));
  }

  private Method.Answer broadcastAsync(CallParams params) throws RpcException {
    byte[] tx = params.base64("tx");
    try {
      engine.submit(tx);
    } catch (MempoolException e) {
      throw refused(e);
    }
    return out -> writeBroadcast(out, 0, "", "", sha256(tx));
  }

  private CompletionStage<Method.Answer> broadcastCommit(CallParams params) throws RpcException {
    byte[] tx = params.base64("tx");
    byte[] hash = sha256(tx);
    CommitWaiters.Waiter waiter = waiters.await(hash);
    boolean waits = false;
    try {
      CheckTxResponse check = engine.broadcast(tx);
      if (check.code() != 0) {
        return CompletableFuture.completedFuture(
            out -> writeCommitted(out, check, ResultJson.NONE, hash, 0));
      }
      waits = true;
      return waiter
          .result()
          .thenApply(
              result -> out -> writeCommitted(out, check, result.result(), hash, result.height()));
    } catch (MempoolException e) {
      throw RpcException.internal("error on broadcastTxCommit: " + e.getMessage());
    } finally {
      if (!waits) {
        waiter.close();
      }
    }
  }

  private Method.Answer checkTx(CallParams params) throws RpcException {
    CheckTxResponse check;
    try {
      check = engine.check(params.base64("tx"));
    } catch (MempoolException e) {
      throw refused(e);
    }
    return out -> ResultJson.result(out, ResultJson.checked(check));
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

  public static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
