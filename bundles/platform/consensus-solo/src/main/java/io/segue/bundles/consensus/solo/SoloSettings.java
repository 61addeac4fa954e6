package io.segue.bundles.consensus.solo;

/** Settings of the engine, from {@code etc/io.segue.consensus.solo.cfg}. */
public @interface SoloSettings {
  /** Milliseconds from one block to the next; 0 makes blocks as fast as the node can. */
  long blockIntervalMs() default 1000;

  /** Most transactions that wait for a block. */
  int mempoolMaxTxs() default 50_000;

  /** Most bytes of transactions that wait for a block. */
  long mempoolMaxBytes() default 64L << 20;

  /** Most bytes of one transaction. */
  int maxTxBytes() default 1 << 20;

  /** Blocks that are kept at least; older ones are removed. 0 keeps all. */
  long blocksKept() default 0;

  /** Whether transactions can be searched by their events. */
  boolean indexEvents() default true;

  /** Name of this node as others see it. */
  String moniker() default "segue";
}
