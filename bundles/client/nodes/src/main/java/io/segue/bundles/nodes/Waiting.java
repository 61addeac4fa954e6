package io.segue.bundles.nodes;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for something that a node will know later, by asking again. */
public final class Waiting {
  /** Between two questions. */
  public static final Duration STEP = Duration.ofMillis(50);

  private Waiting() {}

  /**
   * Asks until there is an answer.
   *
   * @return empty where none came in time
   */
  public static <T> Optional<T> until(Duration limit, Supplier<Optional<T>> question) {
    long startNs = System.nanoTime();
    while (true) {
      Optional<T> answer = question.get();
      if (answer.isPresent() || isOver(startNs, limit)) {
        return answer;
      }
      pause(STEP);
    }
  }

  private static boolean isOver(long startNs, Duration limit) {
    return Duration.ofNanos(System.nanoTime() - startNs).compareTo(limit) >= 0;
  }

  /** Does not return; for a thread that has nothing more to say while the process ends. */
  public static void forever() {
    while (true) {
      LockSupport.park();
    }
  }

  /** Lets time pass; less where the thread is interrupted. */
  public static void pause(Duration time) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(time.toMillis()));
    if (Thread.currentThread().isInterrupted()) {
      throw new NodeException("interrupted");
    }
  }
}
