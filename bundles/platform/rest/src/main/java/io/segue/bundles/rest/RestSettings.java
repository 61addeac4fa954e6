package io.segue.bundles.rest;

/** Settings of the REST server, from {@code etc/io.segue.rest.cfg}. */
@interface RestSettings {
  /** Address to listen on. */
  String host() default "127.0.0.1";

  /** Port to listen on; 0 takes a free one. */
  int port() default 1317;

  /** Origins that browsers may call from, as {@code https://wallet.example}; {@code *} for any. */
  String[] corsAllowedOrigins() default {};

  /** Names that clients may call this server by, besides the usual ones; {@code *} for any. */
  String[] allowedHosts() default {};

  /** Most bytes of a request's body. */
  int maxBodyBytes() default 1_000_000;

  /** Threads that answer requests. */
  int threads() default 16;
}
