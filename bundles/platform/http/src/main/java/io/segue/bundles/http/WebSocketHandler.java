package io.segue.bundles.http;

/** Serves the WebSockets of one path. Written by who uses the server, called by the server. */
@FunctionalInterface
public interface WebSocketHandler {
  /**
   * A client opened a WebSocket. Called on a thread that serves many connections: it does not wait.
   */
  Receiver opened(WebSocket socket);

  /** What one client sends. */
  interface Receiver {
    /**
     * A message, whether the client called it text or binary. Called on a worker thread, for one
     * message at a time.
     *
     * @param done to be run once, by any thread; the client's next message is not read before
     * @throws Exception which is logged, and closes the connection
     */
    void text(byte[] message, Runnable done) throws Exception;

    /**
     * The connection is gone. Called once, on a thread that serves many connections: it does not
     * wait.
     */
    void closed();
  }
}
