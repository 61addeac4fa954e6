package io.segue.kernel.api.store;

/**
 * The disk of the state store has no room for what was to be written. Nothing that was committed is
 * harmed, and nothing of what failed is visible; once there is room the same call can be made again
 * by the running process.
 */
public final class StoreFullException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what what was to be written, and where
   * @param cause what the disk said
   */
  public StoreFullException(String what, Throwable cause) {
    super(
        "the disk is full: "
            + what
            + " ("
            + cause.getMessage()
            + "); make room on it, the node needs no restart",
        cause);
  }
}
