package io.segue.kernel.core.overlay;

/**
 * The committed state could not be read. It is an {@link Error}, so that no module and no result
 * takes what is this machine's trouble for an answer of the state machine: the node holds.
 */
public final class StateReadError extends Error {
  private static final long serialVersionUID = 1L;

  StateReadError(String store, RuntimeException cause) {
    super(
        "store "
            + store
            + " can't be read: "
            + cause
            + "; nothing of what was computed is kept: check the disk",
        cause);
  }
}
