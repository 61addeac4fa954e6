package io.segue.kernel.core.check;

import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.core.module.Cancellation;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Has work done that may take so long and no longer. A thread of its own does it, which there is
 * only while there is work; where it takes longer, the code of modules in it is cancelled, and
 * until it is done no more work is begun.
 *
 * <p>Thread safety: any thread.
 */
final class TimeLimit implements AutoCloseable {
  private static final long IDLE_SECONDS = 10;

  private final long ms;
  private final Semaphore free = new Semaphore(1);
  private final ExecutorService worker;

  /**
   * A limit.
   *
   * @param name of the thread
   */
  TimeLimit(long ms, String name) {
    this.ms = ms;
    ThreadPoolExecutor one =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> daemon(work, name));
    one.allowCoreThreadTimeOut(true);
    this.worker = one;
  }

  /**
   * Waits for the result of some work.
   *
   * @throws ExecutionException with what the work throws
   * @throws TimeoutException where it takes too long, or what was begun before still does
   */
  <T> T call(Callable<T> work) throws ExecutionException, InterruptedException, TimeoutException {
    if (!free.tryAcquire()) {
      throw new TimeoutException("an earlier call, which had " + ms + " ms, still runs");
    }
    AtomicReference<@Nullable Cancellation> running = new AtomicReference<>();
    Future<T> result =
        worker.submit(
            () -> {
              try (Cancellation cancellation = new Cancellation()) {
                running.set(cancellation);
                return work.call();
              } finally {
                free.release();
              }
            });
    try {
      return result.get(ms, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      Cancellation begun = running.get();
      if (begun != null) {
        begun.cancel("it took longer than " + ms + " ms");
      }
      throw new TimeoutException("it took longer than " + ms + " ms");
    }
  }

  @Override
  public void close() {
    worker.shutdownNow();
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new GuardedThread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
