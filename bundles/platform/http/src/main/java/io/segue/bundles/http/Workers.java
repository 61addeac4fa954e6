package io.segue.bundles.http;

import io.segue.kernel.api.guard.GuardedThread;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that answer, and what waits for them. Thread safe. */
final class Workers implements AutoCloseable {
  private static final int IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  Workers(HttpSettings settings) {
    threads =
        new ThreadPoolExecutor(
            settings.threads,
            settings.threads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(settings.maxQueuedRequests),
            work -> new GuardedThread(work, "segue-" + settings.name));
    threads.allowCoreThreadTimeOut(true);
  }

  /** Has work done; false where too much waits already, or the server is closed. */
  boolean offer(Runnable work) {
    try {
      threads.execute(work);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  @Override
  public void close() {
    threads.shutdown();
  }
}
