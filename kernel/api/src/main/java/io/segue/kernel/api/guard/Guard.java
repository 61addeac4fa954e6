package io.segue.kernel.api.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends code of generations that does not end by itself. The kernel loads it with a call of {@link
 * #check} at the begin of its methods and wherever it jumps back; what a kernel cancels is thrown
 * out of there.
 *
 * <p>Nothing of it changes what code computes that ends in time, so it is no part of the kernel
 * rules.
 *
 * <p>Thread safety: any thread.
 */
public final class Guard {
  private static final Map<Thread, String> CANCELLED = new ConcurrentHashMap<>();

  /** Whether any thread is cancelled: all that code which runs well ever reads. */
  private static volatile boolean raised;

  private Guard() {}

  /**
   * Called by code of generations, without end.
   *
   * @throws CancelledError where this thread is cancelled
   */
  public static void check() {
    if (raised) {
      look();
    }
  }

  /**
   * Has the code of generations that a thread runs end, again and again until {@link #release}.
   *
   * @param why what the error says
   */
  public static void cancel(Thread thread, String why) {
    synchronized (CANCELLED) {
      CANCELLED.put(thread, why);
      raised = true;
    }
  }

  /** Lets a thread run code of generations again. */
  public static void release(Thread thread) {
    synchronized (CANCELLED) {
      CANCELLED.remove(thread);
      raised = !CANCELLED.isEmpty();
    }
  }

  private static void look() {
    String why = CANCELLED.get(Thread.currentThread());
    if (why != null) {
      throw new CancelledError(why);
    }
  }
}
