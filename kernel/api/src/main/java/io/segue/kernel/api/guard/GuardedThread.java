package io.segue.kernel.api.guard;

/**
 * A thread of the kernel or the platform that runs code of generations: its stack is large enough
 * for {@link GuardLimits#CALL_DEPTH} calls, and what they use is counted in it. Code of generations
 * runs on other threads too, in tests; there the stack may be too small for the limit.
 */
public final class GuardedThread extends Thread {
  final GuardState state = new GuardState();

  /** A thread that is not started yet. */
  public GuardedThread(Runnable work, String name) {
    super(null, work, name, GuardLimits.STACK_BYTES);
  }
}
