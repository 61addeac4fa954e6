package io.segue.bundles.grpc;

/** Settings that were checked; see {@link GrpcSettings}. */
record GrpcConfig(
    boolean enabled,
    String host,
    int port,
    int maxMessageBytes,
    int maxConnections,
    int maxCalls,
    int maxCallsPerConnection,
    int callTimeoutSeconds,
    int threads) {
  static final String PID = "io.segue.grpc";

  /** Most bytes of a message where the settings do not say, as in the Cosmos SDK. */
  static final int MESSAGE_BYTES = 10 << 20;

  /** Most bytes of the headers of a call. */
  static final int HEADER_BYTES = 8 << 10;

  /** Bytes that a client may send ahead on a stream, and on a connection. */
  static final int FLOW_CONTROL_BYTES = 1 << 20;

  /** Streams that a client may reset within {@link #RESET_WINDOW_SECONDS}; then it is cut off. */
  static final int MAX_RESETS = 200;

  static final int RESET_WINDOW_SECONDS = 10;

  /** A client may ping that often, and not more; also while it has no call. */
  static final int PING_SECONDS = 10;

  /**
   * After so long without a frame the server pings, and it cuts off who does not answer in time.
   */
  static final int KEEPALIVE_SECONDS = 60;

  static final int KEEPALIVE_TIMEOUT_SECONDS = 20;

  /** A connection without a call is closed after that. */
  static final int IDLE_SECONDS = 15 * 60;

  /** A connection is closed after that, with time for the calls that run. */
  static final int AGE_SECONDS = 2 * 60 * 60;

  private static final int MIN_MESSAGE_BYTES = 1 << 10;
  private static final int MAX_MESSAGE_BYTES = 64 << 20;

  /**
   * Checks settings.
   *
   * @throws IllegalArgumentException that names the key, the file and the legal values
   */
  GrpcConfig {
    within("port", port, 0, 65_535);
    within("maxMessageBytes", maxMessageBytes, MIN_MESSAGE_BYTES, MAX_MESSAGE_BYTES);
    within("maxConnections", maxConnections, 1, 100_000);
    within("maxCalls", maxCalls, 1, 100_000);
    within("maxCallsPerConnection", maxCallsPerConnection, 1, 10_000);
    within("callTimeoutSeconds", callTimeoutSeconds, 1, 3_600);
    within("threads", threads, 1, 256);
  }

  static GrpcConfig of(GrpcSettings settings) {
    return new GrpcConfig(
        settings.enabled(),
        settings.host(),
        settings.port(),
        settings.maxMessageBytes(),
        settings.maxConnections(),
        settings.maxCalls(),
        settings.maxCallsPerConnection(),
        settings.callTimeoutSeconds(),
        settings.threads());
  }

  private static void within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s = %d in etc/%s.cfg is refused: legal is %d to %d"
              .formatted(key, value, PID, min, max));
    }
  }
}
