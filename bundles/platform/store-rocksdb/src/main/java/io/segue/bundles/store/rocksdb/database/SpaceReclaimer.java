package io.segue.bundles.store.rocksdb.database;

import io.segue.bundles.store.rocksdb.database.Database.Family;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the space of stores back whose rows were deleted, on a thread of its own: RocksDB itself
 * would only do it when it happens to rewrite their files. That thread ends when it has nothing to
 * do.
 *
 * <p>Thread safety: any thread.
 */
public final class SpaceReclaimer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SpaceReclaimer.class);
  private static final int IDLE_SECONDS = 5;

  private final Database database;
  private final ExecutorService thread;

  public SpaceReclaimer(Database database) {
    this.database = database;
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    executor.allowCoreThreadTimeOut(true);
    this.thread = executor;
  }

  private Thread thread(Runnable work) {
    Thread created = new Thread(work, "segue-store-space");
    created.setDaemon(true);
    return created;
  }

  /** The rows of these store numbers were deleted. */
  public void deleted(Iterable<Integer> numbers) {
    for (int number : numbers) {
      thread.execute(() -> reclaim(number));
    }
  }

  private void reclaim(int number) {
    try {
      database.compact(Family.LATEST, Rows.firstRow(number), Rows.firstRow(number + 1));
      database.compact(Family.KEYS, Rows.firstRow(number), Rows.firstRow(number + 1));
      LOG.debug("the space of store number {} is free", number);
    } catch (RuntimeException e) {
      // Nothing depends on it: RocksDB will do it some time, or the next start.
      LOG.debug("the space of store number {} is not free yet: {}", number, e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
