package io.segue.bundles.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
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
  void givesUpWhenNoBlockComesInTime() throws Exception {
    CommitWaiters waiters = new CommitWaiters(engine, Optional::empty, 1, 1);
    try (CommitWaiters.Waiter waiter = waiters.await(sha256(TX))) {
      waiters.committed();
      assertThatThrownBy(waiter::result)
          .isInstanceOf(RpcException.class)
          .hasMessage("timed out waiting for tx to be included in a block");
    }
  }

  @Test
  void waitsForNoHold() throws Exception {
    AtomicReference<Optional<String>> heldFor = new AtomicReference<>(Optional.empty());
    CommitWaiters waiters = new CommitWaiters(engine, heldFor::get, 1, 60_000);
    try (CommitWaiters.Waiter waiter = waiters.await(sha256(TX))) {
      heldFor.set(Optional.of("the disk is full. Next: make room"));
      assertThatThrownBy(waiter::result)
          .isInstanceOf(RpcException.class)
          .hasMessageStartingWith("busy, held: the disk is full. Next: make room; the transaction");
    }
    assertThatThrownBy(() -> waiters.await(sha256(TX)))
        .isInstanceOf(RpcException.class)
        .hasMessage("busy, held: the disk is full. Next: make room");
    heldFor.set(Optional.empty());
    waiters.await(sha256(TX)).close();
  }

  @Test
  void letsOnlySoManyCallsWait() throws Exception {
    CommitWaiters waiters = new CommitWaiters(engine, Optional::empty, 1);
    try (CommitWaiters.Waiter waiter = waiters.await(sha256(TX))) {
      assertThatThrownBy(() -> waiters.await(sha256(TX)))
          .isInstanceOf(RpcException.class)
          .hasMessageContaining("broadcast_tx_sync");
    }
    waiters.await(sha256(TX)).close();
  }

  private static byte[] sha256(byte[] data) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(data);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
