package io.segue.bundles.rpc;

import io.segue.bundles.rpc.subscription.Subscriptions;

/** Settings of the JSON-RPC server, from {@code etc/io.segue.rpc.cfg}. */
public @interface RpcSettings {
  /** Address to listen on. */
  String host() default "127.0.0.1";

  /** Port to listen on; 0 takes a free one. */
  int port() default 26657;

  /** Origins that browsers may call from, as {@code https://wallet.example}; {@code *} for any. */
  String[] corsAllowedOrigins() default {};

  /** Names that clients may call this node by, beside its addresses; {@code *} for any. */
  String[] allowedHosts() default {};

  /** Most bytes of a request. */
  int maxBodyBytes() default 1_000_000;

  /** Most bytes of a request's line, and of its headers. */
  int maxHeaderBytes() default 65_536;

  /** Most requests of a batch. */
  int maxBatchRequests() default RpcConfig.DEFAULT_MAX_BATCH_REQUESTS;

  /** Connections at once. */
  int maxOpenConnections() default 900;

  /** Clients that have subscriptions at once. */
  int maxSubscriptionClients() default Subscriptions.DEFAULT_MAX_CLIENTS;

  /** Subscriptions of one client. */
  int maxSubscriptionsPerClient() default Subscriptions.DEFAULT_MAX_PER_CLIENT;

  /** Bytes that may wait for one client of a WebSocket. */
  int maxWebSocketQueueBytes() default 4_194_304;

  /** Bytes of requests and answers that all clients together may have waiting. */
  int maxBufferedBytes() default 134_217_728;

  /** Time from the first byte of a request to its last. */
  int requestTimeoutSeconds() default 10;

  /** Time for a client to read an answer. */
  int answerTimeoutSeconds() default 30;

  /** Time that a connection stays open without a request. */
  int idleTimeoutSeconds() default 60;

  /** Threads that answer requests. */
  int threads() default 16;

  /** Requests that may wait for a thread. */
  int maxQueuedRequests() default 1024;
}
