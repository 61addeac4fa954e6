package io.segue.bundles.rpc;

import java.util.List;

/** Settings that were checked. */
record RpcConfig(
    String host, int port, List<String> corsAllowedOrigins, int maxBodyBytes, int threads) {
  static final String PID = "io.segue.rpc";
  static final int MAX_PORT = 65535;
  static final int MIN_BODY_BYTES = 1024;
  static final int MAX_BODY_BYTES = 64 << 20;
  static final int MAX_THREADS = 256;

  RpcConfig {
    corsAllowedOrigins = List.copyOf(corsAllowedOrigins);
  }

  /**
   * Checks settings.
   *
   * @throws IllegalArgumentException that names the key, the file and the legal values
   */
  static RpcConfig of(RpcSettings settings) {
    return new RpcConfig(
        settings.host(),
        within("port", settings.port(), 0, MAX_PORT),
        List.of(settings.corsAllowedOrigins()),
        within("maxBodyBytes", settings.maxBodyBytes(), MIN_BODY_BYTES, MAX_BODY_BYTES),
        within("threads", settings.threads(), 1, MAX_THREADS));
  }

  private static int within(String key, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "%s = %d in etc/%s.cfg is refused: legal is %d to %d"
              .formatted(key, value, PID, min, max));
    }
    return value;
  }
}
