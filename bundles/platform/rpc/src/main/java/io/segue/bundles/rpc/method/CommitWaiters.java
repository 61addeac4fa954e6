package io.segue.bundles.rpc.method;

import io.segue.bundles.rpc.call.RpcException;
import io.segue.kernel.api.engine.Engine;
import io.segue.kernel.api.engine.Engine.TxResult;
import io.segue.kernel.api.node.RepeatedWork;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls of {@code broadcast_tx_commit} that wait for their transaction's block. They occupy no
 * thread: one looks after all of them, so that neither a worker nor the thread of blocks does. None
 * waits for a hold.
 */
public final class CommitWaiters implements AutoCloseable {
  /** So many calls may wait at once. */
  static final int MAX_WAITS = 200;

  /** How long a call waits for the block, as CometBFT's {@code timeout_broadcast_tx_commit}. */
  private static final long TIMEOUT_MS = 10_000;

  /** So often is looked whether the node holds, or a call waits for too long. */
  private static final long LOOK_MS = 200;

  private static final Logger log = LoggerFactory.getLogger(CommitWaiters.class);

  private final Engine engine;
  private final Supplier<Optional<String>> heldFor;
  private final long timeoutMs;
  private final Semaphore free;
  private final Set<Waiter> waiting = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor looker =
      new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "segue-rpc-commits"));

  /**
   * Lets calls wait.
   *
   * @param heldFor why the node holds, and what to do; empty where it does not
   */
  public CommitWaiters(Engine engine, Supplier<Optional<String>> heldFor) {
    this(engine, heldFor, MAX_WAITS, TIMEOUT_MS);
  }

  CommitWaiters(Engine engine, Supplier<Optional<String>> heldFor, int limit, long timeoutMs) {
    this.engine = engine;
    this.heldFor = heldFor;
    this.timeoutMs = timeoutMs;
    this.free = new Semaphore(limit);
    // It never ends by a failure.
    Future<?> unused =
        looker.scheduleWithFixedDelay(this::look, LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
  }

  /** Begins to wait for a transaction, before it is offered; refused while the node holds. */
  Waiter await(byte[] hash) throws RpcException {
    Optional<String> why = heldFor.get();
    if (why.isPresent()) {
      throw held(why.get(), "");
    }
    if (!free.tryAcquire()) {
      throw RpcException.internal(
          "too many calls of broadcast_tx_commit wait; use broadcast_tx_sync and look for the"
              + " transaction");
    }
    Waiter waiter = new Waiter(hash);
    waiting.add(waiter);
    return waiter;
  }

  /** A block is committed and its transactions can be found. Costs who tells it nothing. */
  public void committed() {
    if (!waiting.isEmpty()) {
      try {
        looker.execute(this::look);
      } catch (RejectedExecutionException e) {
        log.debug("nobody waits any more");
      }
    }
  }

  @Override
  public void close() {
    looker.shutdown();
    waiting.forEach(waiter -> waiter.fail("the server stops; look for the transaction later"));
  }

  private void look() {
    RepeatedWork.once(
        () -> waiting.forEach(Waiter::look),
        e -> log.warn("calls of broadcast_tx_commit are looked after again in {} ms", LOOK_MS, e));
  }

  private static RpcException held(String why, String more) {
    return RpcException.internal("busy, held: " + why + more);
  }

  /** One call that waits. */
  final class Waiter implements AutoCloseable {
    private final byte[] hash;
    private final long beganNs = System.nanoTime();

    /** Up to this height it may have been in a block before, and have failed there. */
    private final long after = engine.height();

    private final CompletableFuture<TxResult> found = new CompletableFuture<>();

    private Waiter(byte[] hash) {
      this.hash = Arrays.copyOf(hash, hash.length);
    }

    /** The transaction with its result, once it is in a block; else an {@link RpcException}. */
    CompletableFuture<TxResult> result() {
      return found;
    }

    private void look() {
      Optional<TxResult> result = engine.tx(hash).filter(tx -> tx.height() > after);
      if (result.isPresent()) {
        close();
        found.complete(result.get());
        return;
      }
      Optional<String> why = heldFor.get();
      if (why.isPresent()) {
        close();
        String more = "; the transaction is in the mempool, look for it later";
        found.completeExceptionally(held(why.get(), more));
      } else if (System.nanoTime() - beganNs > TimeUnit.MILLISECONDS.toNanos(timeoutMs)) {
        fail("timed out waiting for tx to be included in a block");
      }
    }

    private void fail(String why) {
      close();
      found.completeExceptionally(RpcException.internal(why));
    }

    /** Waits no more. */
    @Override
    public void close() {
      if (waiting.remove(this)) {
        free.release();
      }
    }
  }
}
