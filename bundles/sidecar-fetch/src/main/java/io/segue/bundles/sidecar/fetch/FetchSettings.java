package io.segue.bundles.sidecar.fetch;

/** Settings of the sidecar, from {@code etc/io.segue.sidecar.fetch.cfg}. */
@interface FetchSettings {
  /** Largest artifact, in bytes; from 1 up. */
  long maxBytes() default 512L << 20;

  /**
   * Which URLs may be followed, with commas between: {@code https}, {@code http-loopback} (http to
   * this machine only), {@code http}.
   */
  String schemes() default "https,http-loopback";

  /**
   * Hosts that may be asked, with commas between; {@code *.example.org} stands for every host below
   * example.org; empty stands for any host.
   */
  String hosts() default "";

  /** How long a connection may take, in milliseconds; from 1 up. */
  int connectTimeoutMs() default 10_000;

  /** How long a server may send nothing, in milliseconds; from 1 up. */
  int readTimeoutMs() default 30_000;
}
