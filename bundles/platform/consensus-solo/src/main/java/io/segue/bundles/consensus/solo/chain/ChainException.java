package io.segue.bundles.consensus.solo.chain;

/**
 * The chain can't start or go on; the message says why and what the operator does next. One with a
 * cause may pass by itself.
 */
public final class ChainException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ChainException(String message) {
    super(message);
  }

  public ChainException(String message, Throwable cause) {
    super(message, cause);
  }
}
