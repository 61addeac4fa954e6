package io.segue.distribution.launcher;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/**
 * Logs to the process's standard output, or to its standard error where that carries a result.
 * Logback's own asks {@code System.out} each time, and that is the user's screen on a thread that
 * runs a command of the shell.
 */
public final class ConsoleAppender<E> extends OutputStreamAppender<E> {
  /** Property whose presence sends the log to standard error. */
  static final String TO_STANDARD_ERROR = "segue.console.err";

  @Override
  public void start() {
    boolean error = System.getProperty(TO_STANDARD_ERROR) != null;
    setOutputStream(new FileOutputStream(error ? FileDescriptor.err : FileDescriptor.out));
    super.start();
  }
}
