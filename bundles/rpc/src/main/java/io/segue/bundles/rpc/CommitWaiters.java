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
import java.util.function.Supplier;

/**
 * Calls of {@code broadcast_tx_commit} that wait for their transaction's block. Each occupies a
 * thread of the server, so only so many may wait at once, and none waits for a hold.
 */
final class CommitWaiters {
  /** How long a call waits for the block, as CometBFT's {@code timeout_broadcast_tx_commit}. */
  private static final long TIMEOUT_MS = 10_000;

  /** So often a call that waits asks whether the node holds. */
  private static final long HOLD_LOOK_MS = 200;

  private final Engine engine;
  private final Supplier<Optional<String>> heldFor;
  private final long timeoutMs;
  private final Semaphore free;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();

  /**
   * Lets {@code limit} calls wait at once.
   *
   * @param heldFor why the node holds, and what to do; empty where it does not
   */
  CommitWaiters(Engine engine, Supplier<Optional<String>> heldFor, int limit) {
    this(engine, heldFor, limit, TIMEOUT_MS);
  }

  CommitWaiters(Engine engine, Supplier<Optional<String>> heldFor, int limit, long timeoutMs) {
    this.engine = engine;
    this.heldFor = heldFor;
    this.timeoutMs = timeoutMs;
    this.free = new Semaphore(limit);
  }

  /** Begins to wait for a transaction, before it is offered; refused while the node holds. */
  Waiter await(byte[] hash) throws RpcException {
    throwIfHeld("");
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

  private void throwIfHeld(String more) throws RpcException {
    Optional<String> why = heldFor.get();
    if (why.isPresent()) {
      throw RpcException.internal("busy, held: " + why.get() + more);
    }
  }

  private static long msSince(long ns) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - ns);
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
      long startNs = System.nanoTime();
      while (!found.isDone() && msSince(startNs) < timeoutMs) {
        awaitBriefly();
      }
      if (!found.isDone()) {
        throw RpcException.internal("timed out waiting for tx to be included in a block");
      }
      return found.join();
    }

    private void awaitBriefly() throws RpcException {
      try {
        found.get(Math.min(timeoutMs, HOLD_LOOK_MS), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throwIfHeld("; the transaction is in the mempool, look for it later");
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
