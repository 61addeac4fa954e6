package io.segue.bundles.consensus.solo;

import io.segue.bundles.consensus.solo.mempool.Mempool;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.guard.GuardedThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Transactions whose senders do not wait for CheckTx. */
final class Submissions implements AutoCloseable {
  private static final int THREADS = 2;

  /** So many transactions wait for a thread at most. */
  static final int QUEUE = 10_000;

  private final Mempool mempool;
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          work -> new GuardedThread(work, "segue-checktx"));

  Submissions(Mempool mempool) {
    this.mempool = mempool;
    threads.allowCoreThreadTimeOut(true);
  }

  CompletionStage<CheckTxResponse> submit(byte[] tx) throws MempoolException {
    Mempool.Offer offer = mempool.offer(tx);
    CompletableFuture<CheckTxResponse> answer = new CompletableFuture<>();
    try {
      threads.execute(() -> check(offer, answer));
    } catch (RejectedExecutionException e) {
      mempool.withdraw(offer);
      throw new MempoolException(
          "mempool is full: " + QUEUE + " transactions wait to be checked; try again");
    }
    return answer;
  }

  @Override
  public void close() {
    threads.shutdown();
    threads.getQueue().clear();
  }

  private void check(Mempool.Offer offer, CompletableFuture<CheckTxResponse> answer) {
    try {
      answer.complete(mempool.add(offer));
    } catch (MempoolException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }
}
