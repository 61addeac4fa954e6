package io.segue.bundles.http;

import io.netty.channel.Channel;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all connections of a server share. */
record ServerContext(
    HttpSettings settings,
    HttpHandler handler,
    Map<String, WebSocketHandler> webSockets,
    Access access,
    Workers workers,
    MemoryBudget budget,
    Peers peers) {
  /** So long what a client still sends is read, lest the last answer be lost with it. */
  static final int LEAVING_SECONDS = 2;

  private static final long SECOND_NS = 1_000_000_000;
  private static final Logger log = LoggerFactory.getLogger(ServerContext.class);

  /** When a time that begins now ends, on the clock of {@link System#nanoTime}. */
  static long deadlineNs(int seconds) {
    return System.nanoTime() + seconds * SECOND_NS;
  }

  /** Has a step done on a connection's event loop; not where the server is closed. */
  static void onLoop(Channel channel, Runnable step) {
    try {
      channel.eventLoop().execute(step);
    } catch (RejectedExecutionException e) {
      log.debug("the server is closed already");
    }
  }
}
