package io.segue.bundles.consensus.solo.replay;

/** Where a replay is. */
enum ReplayState {
  /** Nothing is known of the application yet. */
  CONNECT,
  /** The application starts the chain from its genesis. */
  GENESIS,
  /** Between two records of the file. */
  NEXT,
  /** The next block is the first of a generation, which is brought. */
  BUNDLES,
  /** The generation of the next block can't be had; it is looked for again and again. */
  HELD,
  /** A block is being executed. */
  FINALIZE,
  /** An executed block is being made durable. */
  COMMIT,
  /** Every block gave what the file says. */
  DONE,
  /** A block gave something else, or could not be executed; the report says which and why. */
  FAILED,
  /** Stopped before the end. */
  CLOSED
}
