package io.segue.kernel.core.query;

import io.segue.kernel.api.module.QueryException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many queries and simulations run at once. Code that computes and reads nothing can't be ended
 * from outside, so it can only be kept from taking every thread: of one path half of all places are
 * taken at most, and who finds none is refused after a short wait. Thread safety: any thread.
 */
final class QueryRoom {
  /** A burst of short queries passes within this time. */
  static final long WAIT_MS = 1_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition left = lock.newCondition();
  private final Map<String, Integer> running = new HashMap<>();
  private int total;

  /** A place that a query has; closed where it ends. */
  final class Place implements AutoCloseable {
    private final String path;

    private Place(String path) {
      this.path = path;
    }

    @Override
    public void close() {
      lock.lock();
      try {
        total--;
        running.computeIfPresent(path, (name, count) -> count == 1 ? null : count - 1);
        left.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Takes a place, or waits for one.
   *
   * @param path of the query
   * @param most how many there are; 0 for no limit
   * @throws QueryException where none is free in time
   */
  Place enter(String path, long most) {
    long leftNs = TimeUnit.MILLISECONDS.toNanos(WAIT_MS);
    lock.lock();
    try {
      while (most > 0 && !hasRoom(path, most)) {
        if (leftNs <= 0) {
          throw busy(path, most);
        }
        leftNs = left.awaitNanos(leftNs);
      }
      total++;
      running.merge(path, 1, Integer::sum);
      return new Place(path);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryException(QueryException.Status.Unavailable, "the node stops");
    } finally {
      lock.unlock();
    }
  }

  private boolean hasRoom(String path, long most) {
    return total < most && running.getOrDefault(path, 0) < (most + 1) / 2;
  }

  private QueryException busy(String path, long most) {
    return new QueryException(
        QueryException.Status.Unavailable,
        "this node is busy: "
            + total
            + " queries run, "
            + running.getOrDefault(path, 0)
            + " of them "
            + path
            + ", and queriesAtOnce is "
            + most
            + ", of one path half of that; ask again later, or ask another node");
  }
}
