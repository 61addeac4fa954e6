package io.segue.bundles.rpc;

import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.TxResult;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls of {@code broadcast_tx_commit} that wait for their transaction's block. Each occupies a
 * thread of the server, so only so many may wait at once.
 */
final class CommitWaiters {
  /** How long a call waits for the block, as CometBFT's {@code timeout_broadcast_tx_commit}. */
  private static final long TIMEOUT_MS = 10_000;

  private final Engine engine;
  private final long timeoutMs;
  private final Semaphore free;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

  /** Lets {@code limit} calls wait at once. */
  CommitWaiters(Engine engine, int limit) {
    this(engine, limit, TIMEOUT_MS);
  }

  CommitWaiters(Engine engine, int limit, long timeoutMs) {
    this.engine = engine;
    this.timeoutMs = timeoutMs;
    this.free = new Semaphore(limit);
  }

  /** Begins to wait for a transaction, before it is offered. */
  Waiter await(byte[] hash) throws RpcException {
    if (!free.tryAcquire()) {
      throw RpcException.internal(
          "too many calls of broadcast_tx_commit wait; use broadcast_tx_sync and look for the"
              + " transaction");
    }
    Waiter waiter = new Waiter(hash);
    waiting.add(waiter);
    return waiter;
  }

  /** A block is committed and its transactions can be found. */
  void committed() {
    for (Waiter waiter : waiting) {
      Optional<TxResult> found = engine.tx(waiter.hash);
      found.ifPresent(waiter.found::complete);
    }
  }

  /** One call that waits. */
  final class Waiter implements AutoCloseable {
    private final byte[] hash;
    private final CompletableFuture<TxResult> found = new CompletableFuture<>();

    private Waiter(byte[] hash) {
      this.hash = Arrays.copyOf(hash, hash.length);
    }

    /** The transaction with its result, once it is in a block. */
    TxResult result() throws RpcException {
      try {
        return found.get(timeoutMs, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw RpcException.internal("timed out waiting for tx to be included in a block");
      } catch (ExecutionException e) {
        throw RpcException.internal(String.valueOf(e.getCause()));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw RpcException.internal("the server stops; look for the transaction later");
      }
    }

    @Override
    public void close() {
      waiting.remove(this);
      free.release();
    }
  }
}
