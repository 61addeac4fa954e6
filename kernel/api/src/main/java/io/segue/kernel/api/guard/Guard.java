package io.segue.kernel.api.guard;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends code of generations that does not end by itself. The kernel loads it with a call of {@link
 * #check} at the begin of its methods and wherever it jumps back; what a kernel cancels is thrown
 * out of there. Nothing of that changes what code computes that ends in time, so it is no part of
 * the kernel rules.
 *
 * <p>Under kernel rules 2 it also counts how deep methods call each other: {@link #enter} is called
 * at the begin of a method, {@link GuardState#leave} before the method returns, and {@link
 * GuardState#caught} where it handles an exception. An exception that a method does not handle
 * leaves the count too high, until a method that called it returns or handles it. The limit counts
 * between {@link #open} and {@link #close} alone, which is where the kernel calls modules.
 *
 * <p>Thread safety: any thread.
 */
public final class Guard {
  private static final Map<Thread, String> CANCELLED = new ConcurrentHashMap<>();

  /** Whether any thread is cancelled: all that code which runs well ever reads. */
  private static volatile boolean raised;

  /** Of threads that are not the kernel's. */
  private static final ThreadLocal<GuardState> OTHERS = ThreadLocal.withInitial(GuardState::new);

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

  /**
   * A method of a bundle begins.
   *
   * @return what counts it, until it returns
   * @throws LimitError where there are too many
   * @throws CancelledError where this thread is cancelled
   */
  public static GuardState enter() {
    // All of it is small enough for any of Java's compilers to inline it.
    GuardState state = state();
    if (raised || state.depth >= GuardLimits.CALL_DEPTH) {
      look(state);
    }
    state.depth++;
    return state;
  }

  /**
   * A class initialises itself. It does so where it is first used, which differs between nodes, so
   * it counts for itself.
   *
   * @return for {@link #initialised}
   * @throws CancelledError where this thread is cancelled
   */
  public static int initialising() {
    check();
    return state().open(0);
  }

  /** A class is initialised. */
  public static void initialised(int opened) {
    state().close(opened);
  }

  /**
   * The kernel calls a module: what the module makes is counted from none, and the depth goes on
   * from that of the module which called the kernel, if one did.
   *
   * @return for {@link #close}
   */
  public static int open() {
    GuardState state = state();
    return state.open(state.isIdle() ? 0 : state.depth);
  }

  /**
   * The call of a module ended, in whatever way; on the thread that opened it.
   *
   * @param opened what {@link #open} returned
   */
  public static void close(int opened) {
    state().close(opened);
  }

  /** The next one of many short calls of a module begins, within an open one. */
  public static void next() {
    state().restart();
  }

  /**
   * Counts what is made at once.
   *
   * @throws LimitError where it is too large, or too much in all
   */
  static void made(long bytes, String what) {
    if (bytes > GuardLimits.SMALL_BYTES) {
      requireSize(bytes, what);
      if (!state().add(bytes)) {
        throw new LimitError(
            what
                + " brings what this call of a module made to more than "
                + GuardLimits.BYTES_IN_ALL
                + " bytes; work in parts");
      }
    }
  }

  /**
   * Refuses what is too large to be made at once.
   *
   * @throws LimitError where it is
   */
  static void requireSize(long bytes, String what) {
    if (bytes > GuardLimits.BYTES_AT_ONCE) {
      throw new LimitError(
          what
              + " of "
              + bytes
              + " bytes is larger than "
              + GuardLimits.BYTES_AT_ONCE
              + "; work in parts");
    }
  }

  private static GuardState state() {
    Thread thread = Thread.currentThread();
    return thread instanceof GuardedThread ? ((GuardedThread) thread).state : OTHERS.get();
  }

  private static void look(GuardState state) {
    if (raised) {
      look();
    }
    if (state.depth >= GuardLimits.CALL_DEPTH && !state.isIdle()) {
      throw new LimitError(
          "methods call each other deeper than "
              + GuardLimits.CALL_DEPTH
              + " calls; use a loop, or bound the recursion");
    }
  }

  private static void look() {
    String why = CANCELLED.get(Thread.currentThread());
    if (why != null) {
      throw new CancelledError(why);
    }
  }
}
