package io.segue.kernel.api.guard;

/**
 * Code of a generation went beyond one of {@link GuardLimits}; the same on every node, so in a
 * transaction it is a result. An error, as code of generations must not catch errors.
 */
public final class LimitError extends Error {
  private static final long serialVersionUID = 1L;

  /**
   * Made where the code is.
   *
   * @param message which limit, and what asked for more
   */
  public LimitError(String message) {
    super(message);
  }

  /** Which limit, and what asked for more; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
