package io.segue.bundles.rpc;

import java.util.List;
import java.util.stream.Stream;

/** Settings that were checked. */
record RpcConfig(
    String host, int port, List<String> corsAllowedOrigins, int maxBodyBytes, int threads) {
  static final String PID = "io.segue.rpc";
  static final int MAX_PORT = 65535;
  static final int MIN_BODY_BYTES = 1024;
  static final int MAX_BODY_BYTES = 64 << 20;
  static final int MAX_THREADS = 256;

  /**
   * Checks settings.
   *
   * @throws IllegalArgumentException that names the key, the file and the legal values
   */
  RpcConfig {
    corsAllowedOrigins = List.copyOf(corsAllowedOrigins);
    within("port", port, 0, MAX_PORT);
    within("maxBodyBytes", maxBodyBytes, MIN_BODY_BYTES, MAX_BODY_BYTES);
    within("threads", threads, 1, MAX_THREADS);
  }

  static RpcConfig of(RpcSettings settings) {
    return new RpcConfig(
        settings.host(),
        settings.port(),
        Stream.of(settings.corsAllowedOrigins())
            .flatMap(origins -> Stream.of(origins.split(",")))
            .map(String::strip)
            .filter(origin -> !origin.isEmpty())
            .toList(),
        settings.maxBodyBytes(),
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
