package io.segue.bundles.rpc.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.rpc.FakeApplication;
import io.segue.bundles.rpc.FakeEngine;
import io.segue.bundles.rpc.RunningServer;
import io.segue.bundles.rpc.call.RpcException;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BroadcastCommitTest {
  private static final byte[] TX = "a transfer".getBytes(StandardCharsets.UTF_8);

  private final FakeEngine engine = new FakeEngine();

  @Test
  void answersWhenTheBlockIsCommitted() throws Exception {
    ExecTxResult result = new ExecTxResult(0, new byte[0], "done", 9, 8, List.of(), "");
    engine.onBroadcast = () -> engine.commit(new TxResult(sha256(TX), 12, 0, TX, result));
    try (RunningServer server = new RunningServer(engine, FakeApplication.answering(q -> null))) {
      JsonNode answer =
          server.call(
              "broadcast_tx_commit", "{\"tx\":\"" + Base64.getEncoder().encodeToString(TX) + "\"}");
      assertThat(answer.at("/result/height").asText()).isEqualTo("12");
      assertThat(answer.at("/result/tx_result/log").asText()).isEqualTo("done");
      assertThat(answer.at("/result/check_tx/code").asInt()).isZero();
    }
  }

  @Test
  void occupiesNoThreadWhileItWaits() throws Exception {
    try (RunningServer server = new RunningServer(engine, FakeApplication.answering(q -> null))) {
      String call =
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"broadcast_tx_commit\",\"params\":{\"tx\":\""
              + Base64.getEncoder().encodeToString(TX)
              + "\"}}";
      List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        waiting.add(server.postLater(call));
      }
      assertThat(server.call("health", "{}").at("/result").isObject()).isTrue();
      ExecTxResult result = new ExecTxResult(0, new byte[0], "done", 9, 8, List.of(), "");
      engine.commit(new TxResult(sha256(TX), 12, 0, TX, result));
      for (CompletableFuture<HttpResponse<String>> answer : waiting) {
        assertThat(answer.get().body()).contains("\"log\":\"done\"");
      }
    }
  }

  @Test
  void givesUpWhenNoBlockComesInTime() throws Exception {
    try (CommitWaiters waiters = new CommitWaiters(engine, Optional::empty, 1, 1)) {
      CommitWaiters.Waiter waiter = waiters.await(sha256(TX));
      assertRefused(waiter, "timed out waiting for tx to be included in a block");
      waiters.await(sha256(TX));
    }
  }

  @Test
  void takesNoOlderResultOfATransactionThatComesAgain() throws Exception {
    ExecTxResult failed = new ExecTxResult(5, new byte[0], "failed", 9, 8, List.of(), "");
    ExecTxResult done = new ExecTxResult(0, new byte[0], "done", 9, 8, List.of(), "");
    engine.height = 12;
    engine.commit(new TxResult(sha256(TX), 12, 0, TX, failed));
    CountDownLatch asked = new CountDownLatch(2); // when the call comes, and when none is found
    Supplier<Optional<String>> notHeld =
        () -> {
          asked.countDown();
          return Optional.empty();
        };
    try (CommitWaiters waiters = new CommitWaiters(engine, notHeld, 1, 60_000)) {
      CommitWaiters.Waiter waiter = waiters.await(sha256(TX));
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      engine.commit(new TxResult(sha256(TX), 14, 0, TX, done));
      waiters.committed();
      assertThat(waiter.result().get().height()).isEqualTo(14);
    }
  }

  @Test
  void saysWhatTheMempoolRefuses() throws Exception {
    engine.refusal = Optional.of(new MempoolException("tx already exists in cache"));
    try (RunningServer server = new RunningServer(engine, FakeApplication.answering(q -> null))) {
      assertThat(server.call("broadcast_tx_commit", "{\"tx\":\"AAAA\"}").at("/error/data").asText())
          .isEqualTo("error on broadcastTxCommit: tx already exists in cache");
    }
  }

  @Test
  void waitsForNoHold() throws Exception {
    AtomicReference<Optional<String>> heldFor = new AtomicReference<>(Optional.empty());
    try (CommitWaiters waiters = new CommitWaiters(engine, heldFor::get, 1, 60_000)) {
      CommitWaiters.Waiter waiter = waiters.await(sha256(TX));
      heldFor.set(Optional.of("the disk is full. Next: make room"));
      assertRefused(
          waiter,
          "busy, held: the disk is full. Next: make room;"
              + " the transaction is in the mempool, look for it later");
      assertThatThrownBy(() -> waiters.await(sha256(TX)))
          .isInstanceOf(RpcException.class)
          .hasMessage("busy, held: the disk is full. Next: make room");
      heldFor.set(Optional.empty());
      waiters.await(sha256(TX)).close();
    }
  }

  @Test
  void letsOnlySoManyCallsWait() throws Exception {
    try (CommitWaiters waiters = new CommitWaiters(engine, Optional::empty, 1, 60_000)) {
      CommitWaiters.Waiter waiter = waiters.await(sha256(TX));
      assertThatThrownBy(() -> waiters.await(sha256(TX)))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("broadcast_tx_sync");
      waiter.close();
      waiters.await(sha256(TX)).close();
    }
  }

  @Test
  void tellsThoseWhoWaitThatTheServerStops() throws Exception {
    CommitWaiters waiters = new CommitWaiters(engine, Optional::empty, 1, 60_000);
    CommitWaiters.Waiter waiter = waiters.await(sha256(TX));
    waiters.close();
    assertRefused(waiter, "the server stops; look for the transaction later");
  }

  private static void assertRefused(CommitWaiters.Waiter waiter, String message) {
    assertThatThrownBy(() -> waiter.result().get())
        .cause()
        .isInstanceOf(RpcException.class)
        .hasMessage(message);
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
