package io.segue.bundles.cli.demo;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Does something at a steady pace on a thread of its own, until it is told to stop. */
final class PacedThread {
  private final Thread thread;
  private volatile boolean running = true;

  /** Does {@code step} every {@code periodMs}; later where a step takes longer. */
  PacedThread(String name, long periodMs, Runnable step) {
    thread = new Thread(() -> run(periodMs, step), name);
    thread.setDaemon(true);
    thread.start();
  }

  /** Lets the step that runs end, and no other begin. */
  void stop() {
    running = false;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(long periodMs, Runnable step) {
    long nextNs = System.nanoTime();
    while (running) {
      step.run();
      nextNs = Math.max(nextNs + TimeUnit.MILLISECONDS.toNanos(periodMs), System.nanoTime());
      for (long leftNs = nextNs - System.nanoTime();
          running && leftNs > 0;
          leftNs = nextNs - System.nanoTime()) {
        LockSupport.parkNanos(leftNs);
      }
    }
  }
}
