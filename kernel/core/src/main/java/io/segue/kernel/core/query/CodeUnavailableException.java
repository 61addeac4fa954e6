package io.segue.kernel.core.query;

/** The code that ran at a height can't be had on this node; the message says why and what to do. */
public final class CodeUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CodeUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
