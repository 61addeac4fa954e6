package io.segue.bundles.shell.client;

/** Why the node's shell can't be reached; the message says what to do. */
public final class ShellException extends Exception {
  private static final long serialVersionUID = 1L;

  ShellException(String message, Throwable cause) {
    super(message, cause);
  }
}
