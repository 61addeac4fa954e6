package io.segue.kernel.core.generation;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The right to use a generation. As long as one lease is out its bundles stay. Close it soon, and
 * keep nothing of the generation beyond that.
 *
 * <p>Thread safety: any thread; closing twice does nothing.
 */
public final class Lease implements AutoCloseable {
  private final Generation generation;
  private final Runnable giveBack;
  private final AtomicBoolean closed = new AtomicBoolean();

  Lease(Generation generation, Runnable giveBack) {
    this.generation = generation;
    this.giveBack = giveBack;
  }

  /** What is leased. */
  public Generation generation() {
    return generation;
  }

  /** Gives it back. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      giveBack.run();
    }
  }
}
