package io.segue.bundles.consensus.comet.rpc;

import io.segue.kernel.api.engine.Engine.BlockListener;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.RepeatedWork;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners of each height that the node commits, on a thread of its own, so that none of
 * them keeps a block waiting. What they have not heard of yet is a number, not a queue: they may be
 * behind for as long as they like.
 */
final class CommitFollower implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(CommitFollower.class);

  private final List<BlockListener> listeners = new CopyOnWriteArrayList<>();
  private final Thread thread = new Thread(this::run, "segue-comet-blocks");
  private volatile long committed;
  private volatile boolean closed;

  CommitFollower() {
    thread.setDaemon(true);
    thread.start();
  }

  AutoCloseable add(BlockListener listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  /** The node committed a height; called by one thread, which never waits here. */
  void committed(long height) {
    committed = height;
    LockSupport.unpark(thread);
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void run() {
    long told = 0;
    while (!closed) {
      long last = committed;
      if (told == last) {
        LockSupport.park(this);
      } else {
        told = told == 0 ? last : told + 1;
        tell(told);
      }
    }
  }

  private void tell(long height) {
    for (BlockListener listener : listeners) {
      RepeatedWork.once(
          () -> listener.committed(height),
          e -> log.warn("a listener failed for block {}: {}", height, FailureText.of(e)));
    }
  }
}
