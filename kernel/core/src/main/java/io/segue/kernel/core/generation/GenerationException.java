package io.segue.kernel.core.generation;

import org.jspecify.annotations.Nullable;

/**
 * A refused bundle, artifact or generation. The message names what was refused, why, and what to do
 * next; {@link #reason} is its category. Whatever the refused attempt installed is gone again.
 */
public final class GenerationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final HoldReason reason;

  public GenerationException(HoldReason reason, String message) {
    this(reason, message, null);
  }

  public GenerationException(HoldReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** The category. */
  public HoldReason reason() {
    return reason;
  }

  /** The full text; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
