package io.segue.bundles.grpc;

/** Settings of the gRPC server, from {@code etc/io.segue.grpc.cfg}. */
public @interface GrpcSettings {
  /** Whether there is a server. */
  boolean enabled() default true;

  /** Address to listen on. */
  String host() default "127.0.0.1";

  /** Port to listen on; 0 takes a free one. */
  int port() default 9090;

  /** Most bytes of a request's message. */
  int maxMessageBytes() default GrpcConfig.MESSAGE_BYTES;

  /** Most connections at once. */
  int maxConnections() default 1000;

  /** Most calls at once, over all connections. */
  int maxCalls() default 1000;

  /** Most calls at once over one connection. */
  int maxCallsPerConnection() default 100;

  /** Seconds after which a call that is not over is ended. */
  int callTimeoutSeconds() default 60;

  /** Threads that answer calls. */
  int threads() default 16;
}
