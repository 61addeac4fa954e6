package io.segue.distribution.launcher;

import ch.qos.logback.core.OutputStreamAppender;
import java.io.FileDescriptor;
import java.io.FileOutputStream;

/**
 * Logs to the process's standard output. Logback's own asks {@code System.out} each time, and that
 * is the user's screen on a thread that runs a command of the shell.
 */
public final class ConsoleAppender<E> extends OutputStreamAppender<E> {
  @Override
  public void start() {
    setOutputStream(new FileOutputStream(FileDescriptor.out));
    super.start();
  }
}
