package io.segue.bundles.shell.command;

/** A command is called in a way that its {@code --help} does not have; nothing was done. */
public final class WrongUsageException extends CommandException {
  private static final long serialVersionUID = 1L;

  public WrongUsageException(String message) {
    super(message);
  }
}
