package io.segue.bundles.rpc;

/** Settings of the JSON-RPC server, from {@code etc/io.segue.rpc.cfg}. */
public @interface RpcSettings {
  /** Address to listen on. */
  String host() default "127.0.0.1";

  /** Port to listen on; 0 takes a free one. */
  int port() default 26657;

  /** Origins that browsers may call from, as {@code https://wallet.example}; {@code *} for any. */
  String[] corsAllowedOrigins() default {};

  /** Most bytes of a request. */
  int maxBodyBytes() default 1_000_000;

  /** Threads that answer requests. */
  int threads() default 16;
}
