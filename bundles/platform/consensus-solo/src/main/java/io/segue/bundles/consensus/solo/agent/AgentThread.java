package io.segue.bundles.consensus.solo.agent;

import io.segue.kernel.api.guard.GuardedThread;
import io.segue.kernel.api.node.RepeatedWork;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that runs one agent, and sleeps while the agent has nothing to do. It ends with the
 * agent alone, never by what the agent throws.
 */
public final class AgentThread implements AutoCloseable {
  /** A thread without work looks again after this time at the latest. */
  private static final long MAX_IDLE_NS = 100_000_000;

  /** Pause after an error that no agent expects, such as a lack of memory. */
  private static final long ERROR_PAUSE_NS = 1_000_000_000;

  private static final long JOIN_MS = 10_000;
  private static final Logger log = LoggerFactory.getLogger(AgentThread.class);

  private final Agent agent;
  private final Thread thread;
  private volatile boolean stopping;

  /** A thread for {@code agent}; not started. */
  public AgentThread(String name, Agent agent) {
    this.agent = agent;
    this.thread = new GuardedThread(this::run, name);
  }

  /** Begins to call the agent. */
  public void start() {
    thread.start();
  }

  /** There is work; called from any thread. */
  public void wake() {
    LockSupport.unpark(thread);
  }

  /** Asks the agent to end and waits until it has. */
  @Override
  public void close() {
    stopping = true;
    wake();
    try {
      thread.join(JOIN_MS);
      if (thread.isAlive()) {
        log.warn("{} has not ended within {} ms", thread.getName(), JOIN_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!agent.isDone()) {
      if (stopping) {
        agent.stop();
      }
      int done =
          RepeatedWork.turn(
              this::turn, e -> log.error("{} failed and goes on", thread.getName(), e));
      if (done == RepeatedWork.FAILED) {
        LockSupport.parkNanos(this, ERROR_PAUSE_NS);
      }
    }
  }

  private int turn() {
    int done = agent.doWork(System.nanoTime());
    if (done == 0) {
      long untilNs = Math.max(0, agent.wakeAtNs() - System.nanoTime());
      LockSupport.parkNanos(this, Math.min(untilNs, MAX_IDLE_NS));
    }
    return done;
  }
}
