package io.segue.kernel.api.guard;

/**
 * Code of a generation was cancelled because it did not end in time. An error, as code of
 * generations must not catch errors: how long something takes is never a result.
 */
public final class CancelledError extends Error {
  private static final long serialVersionUID = 1L;

  /**
   * Made where the code is.
   *
   * @param message which step was cancelled, and why
   */
  public CancelledError(String message) {
    super(message);
  }

  /** What was cancelled, and why; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
