package io.segue.bundles.cli.console;

/** A command's refusal; the message says what was refused, why, and what to do. Exit status 1. */
public class CliException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CliException(String message) {
    super(message);
  }

  public CliException(String message, Throwable cause) {
    super(message, cause);
  }
}
