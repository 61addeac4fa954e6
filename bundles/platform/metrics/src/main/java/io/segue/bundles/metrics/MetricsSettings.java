package io.segue.bundles.metrics;

/** Settings of the metrics' server, from {@code etc/io.segue.metrics.cfg}. */
@interface MetricsSettings {
  /** Address to listen on. */
  String host() default "127.0.0.1";

  /** Port to listen on; 0 takes a free one. */
  int port() default 26660;

  /** Names that clients may call this server by; {@code *} for any. */
  String[] allowedHosts() default {};
}
