package io.segue.kernel.core.upgrade;

/** A store load that was refused; the message names store, keys and reason. */
public final class StoreLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreLoadException(String message, Throwable cause) {
    super(message, cause);
  }
}
