package io.segue.bundles.consensus.comet;

/** Settings of the engine, from {@code etc/io.segue.consensus.comet.cfg}. */
public @interface CometSettings {
  /** Where CometBFT finds the application, as its {@code proxy_app} says it. */
  String address() default "tcp://127.0.0.1:26658";

  /** CometBFT's program, which the node then runs; empty where its operator does. */
  String cometbft() default "";

  /** Most bytes of one message of CometBFT's: a block, or the genesis. */
  int maxMessageBytes() default 1 << 30;

  /** URL of CometBFT's JSON-RPC, as its {@code rpc.laddr} says it. */
  String rpc() default "http://127.0.0.1:26657";

  /** How long a call of it may take. */
  int rpcTimeoutMs() default 5_000;
}
