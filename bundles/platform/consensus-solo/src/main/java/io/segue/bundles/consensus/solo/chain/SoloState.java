package io.segue.bundles.consensus.solo.chain;

/** Where the engine is in its work. */
public enum SoloState {
  /** Nothing is known of the application yet. */
  CONNECT,
  /** The application was asked for its height. */
  INFO,
  /** The application starts the chain from its genesis. */
  GENESIS,
  /** Between two blocks: waiting for the next one's time, or about to replay a stored one. */
  READY,
  /** A stored block is being executed; takes as long as the application needs. */
  FINALIZE,
  /** An executed block is being made durable and visible; CheckTx is shut out meanwhile. */
  COMMIT,
  /** The chain can't go on yet; everything but new blocks is served. The hold says why. */
  HELD,
  /** Stopped. */
  CLOSED
}
