package io.segue.kernel.api.node;

/** What a node is doing, in words that need no knowledge of its parts. */
public enum NodeState {
  /** The chain has no block yet. */
  STARTING,
  /** Blocks are made, or could be. */
  RUNNING,
  /** A plan is due, and its code is being made ready. */
  PREPARING,
  /** Stores are loaded for new code, or its handler runs. */
  UPGRADING,
  /** No block can be made; {@link Node#holds} says why. */
  HELD,
  /** It stops, or has stopped. */
  STOPPING
}
