package io.segue.kernel.core.upgrade;

import org.jspecify.annotations.Nullable;

/** A store load that was refused; the message names store, keys and reason. */
public final class StoreLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoreLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
