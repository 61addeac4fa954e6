package io.segue.bundles.http;

/** A client's WebSocket. Implemented by the server; any thread may call it, and none ever waits. */
public interface WebSocket {
  /** Address and port of the client, for logs. */
  String remote();

  /**
   * Queues a text.
   *
   * @param utf8 not copied; nobody writes to it any more
   * @param length so many bytes of it are sent, from its first
   * @return false where the client is too far behind, or gone: nothing was queued
   */
  boolean send(byte[] utf8, int length);

  /** Queues a last text whatever the room, and closes the connection after it. */
  void sendLast(byte[] utf8, int length);
}
