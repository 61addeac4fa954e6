package io.segue.bundles.rpc.subscription;

import io.segue.bundles.rpc.json.JsonOut;

/** A connection to which the server speaks by itself. Called from any thread. */
interface SocketPeer {
  /** Where it comes from, for the log. */
  String remote();

  /** Queues a text frame and never waits; false where there is no room, and nothing was queued. */
  boolean offer(JsonOut message);

  /** Queues a last text frame, whatever the room, and ends the connection after it. */
  void drop(JsonOut last);
}
