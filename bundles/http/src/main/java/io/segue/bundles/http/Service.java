package io.segue.bundles.http;

import java.util.Map;

/** What all connections of a server share. */
record Service(
    HttpSettings settings,
    HttpHandler handler,
    Map<String, WebSocketHandler> webSockets,
    Access access,
    Workers workers,
    Budget budget,
    Peers peers) {
  private static final long SECOND_NS = 1_000_000_000;

  /** When a time that begins now ends, on the clock of {@link System#nanoTime}. */
  static long deadlineNs(int seconds) {
    return System.nanoTime() + seconds * SECOND_NS;
  }
}
