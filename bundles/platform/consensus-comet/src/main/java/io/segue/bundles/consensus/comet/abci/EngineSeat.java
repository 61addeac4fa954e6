package io.segue.bundles.consensus.comet.abci;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The place of the one engine that drives blocks: the connection that asked for one first has it
 * until it ends. Any thread.
 */
final class EngineSeat {
  private static final Logger log = LoggerFactory.getLogger(EngineSeat.class);

  private final AtomicReference<@Nullable Object> holder = new AtomicReference<>();

  boolean taken() {
    return holder.get() != null;
  }

  /**
   * Takes the place, or keeps it.
   *
   * @throws IllegalStateException where another connection has it
   */
  void take(Object connection) {
    if (holder.get() == connection) {
      return;
    }
    if (!holder.compareAndSet(null, connection)) {
      throw new IllegalStateException(
          "another engine drives this node; stop it first, a node has one CometBFT");
    }
    log.info("CometBFT drives this node");
  }

  void leave(Object connection) {
    if (holder.compareAndSet(connection, null)) {
      log.warn("CometBFT is gone, and no blocks are made until it is started again");
    }
  }
}
