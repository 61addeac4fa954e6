package io.segue.bundles.shell.command;

/** A command's refusal; the message says what is wrong and what to do next. */
public class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  public CommandException(String message) {
    super(message, null, false, false);
  }
}
