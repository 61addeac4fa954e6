package io.segue.bundles.consensus.solo.agent;

/**
 * Work in small steps, none of which waits. One thread calls {@link #doWork}, {@link #wakeAtNs} and
 * {@link #isDone}: an {@link AgentThread}, or a test that steps it. {@link #stop} comes from any
 * thread.
 */
public interface Agent {
  /**
   * Does what can be done now.
   *
   * @param nowNs of a clock that never goes back
   * @return how much was done; 0 where there is nothing to do before {@link #wakeAtNs}, or before
   *     the agent's owner wakes it
   */
  int doWork(long nowNs);

  /**
   * When there is work again at the latest, by the clock of {@link #doWork}; {@code Long.MAX_VALUE}
   * for never.
   */
  long wakeAtNs();

  /** Asks for the end at the next moment when nothing is half done. */
  void stop();

  /** Whether {@link #doWork} need not be called again. */
  boolean isDone();
}
