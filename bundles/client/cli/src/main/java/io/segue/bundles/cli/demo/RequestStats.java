package io.segue.bundles.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts requests: how many were answered, how many failed and why, and how long the slowest took.
 *
 * <p>Thread safety: any thread may call.
 */
public final class RequestStats {
  /** So many reasons are kept. */
  static final int MAX_FAILURES = 10;

  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong slowestNs = new AtomicLong();
  private final List<String> failures = new ArrayList<>();

  /** Makes a request, which answers with the reason of its failure, or with nothing. */
  boolean make(String what, Callable<String> request) {
    long beginNs = System.nanoTime();
    String failure;
    try {
      failure = request.call();
    } catch (Exception e) {
      failure = String.valueOf(e.getMessage());
    }
    long tookNs = System.nanoTime() - beginNs;
    slowestNs.accumulateAndGet(tookNs, Math::max);
    if (failure.isEmpty()) {
      answered.incrementAndGet();
      return true;
    }
    failed.incrementAndGet();
    synchronized (failures) {
      if (failures.size() < MAX_FAILURES) {
        failures.add(what + ": " + failure);
      }
    }
    return false;
  }

  /** How many were answered as they should be. */
  public long answered() {
    return answered.get();
  }

  public long failed() {
    return failed.get();
  }

  public long slowestMs() {
    return TimeUnit.NANOSECONDS.toMillis(slowestNs.get());
  }

  /** Why the first {@value #MAX_FAILURES} failed. */
  public List<String> failures() {
    synchronized (failures) {
      return List.copyOf(failures);
    }
  }
}
