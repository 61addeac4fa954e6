package io.segue.bundles.sidecar.fetch;

/** Settings of the sidecar, from {@code etc/io.segue.sidecar.fetch.cfg}. */
@interface FetchSettings {
  /** Largest artifact, in bytes; from 1 up. */
  long maxBytes() default 64L << 20;

  /**
   * Which URLs may be asked, with commas between: {@code https}, {@code http-loopback} (http to
   * this machine, for the plan's own URL only), {@code http}. No redirect leads to this machine.
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

  /** How long a whole download may take, in milliseconds; from 1 up. */
  long downloadTimeoutMs() default 3_600_000;

  /** Least bytes in a second, over each {@link #rateWindowMs}; 0 asks for no rate. */
  long minBytesPerSecond() default 1_024;

  /** How long a server may be slower than that, in milliseconds; from 1 up. */
  int rateWindowMs() default 30_000;
}
