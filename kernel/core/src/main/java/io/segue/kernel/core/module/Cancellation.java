package io.segue.kernel.core.module;

import io.segue.kernel.api.guard.Guard;

/**
 * Work on one thread, whose code of generations others may cancel until it is closed.
 *
 * <p>Thread safety: {@link #cancel} and {@link #isCancelled} from any thread.
 */
public final class Cancellation implements AutoCloseable {
  final Thread thread;
  private boolean closed;
  private boolean cancelled;

  /** Work on this thread. */
  public Cancellation() {
    this(Thread.currentThread());
  }

  /** Work on a thread that may not have begun; it can be cancelled before that. */
  public Cancellation(Thread thread) {
    this.thread = thread;
  }

  /**
   * Cancels it, unless it is closed or cancelled by now.
   *
   * @param why what its code is told
   * @return whether it was cancelled by this
   */
  public synchronized boolean cancel(String why) {
    if (closed || cancelled) {
      return false;
    }
    cancelled = true;
    Guard.cancel(thread, why);
    return true;
  }

  /** Whether it is cancelled and has not ended yet. */
  synchronized boolean isCancelled() {
    return cancelled && !closed;
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (cancelled) {
      Guard.release(thread);
    }
  }
}
