package io.segue.kernel.api.upgrade;

import org.jspecify.annotations.Nullable;

/** A sidecar's failure; the message says what was refused, why, and what the operator does next. */
public final class SidecarException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean retry;

  /**
   * A failure.
   *
   * @param retry whether trying again may help (a server that does not answer), or not (bytes with
   *     another digest than the plan's)
   */
  public SidecarException(String message, boolean retry, @Nullable Throwable cause) {
    super(message, cause);
    this.retry = retry;
  }

  /** Whether trying again may help. */
  public boolean retry() {
    return retry;
  }
}
