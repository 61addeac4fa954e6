package io.segue.bundles.store.rocksdb.bulk;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for work of the common pool. */
final class Tasks {
  private Tasks() {}

  /** Whether it ends, well or not, within a time; joining it then does not wait. */
  static boolean await(ForkJoinTask<?> task, long limitNs) {
    try {
      task.get(limitNs, TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a store was completed", e);
    }
  }
}
