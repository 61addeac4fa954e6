package io.segue.distribution.launcher;

import org.jspecify.annotations.Nullable;

/** Why a node does not start; the message says what is wrong and what to do next. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  StartException(String message) {
    this(message, null);
  }

  StartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
