package io.segue.kernel.api.node;

import io.segue.kernel.api.guard.CancelledError;
import java.io.FileNotFoundException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a failure says to people: never the class of an exception in front, nothing twice, and of
 * files who may not do what on which path. The kernel and bundles call it, on any thread.
 */
public final class FailureText {
  /** The deepest chain of causes that is looked through. */
  private static final int MAX_CAUSES = 16;

  private FailureText() {}

  /** The failure in words, and what its causes add in brackets. */
  public static String of(Throwable failure) {
    Throwable told = failure;
    for (int i = 0; i < MAX_CAUSES && told.getCause() != null && isWrapper(told); i++) {
      told = told.getCause();
    }
    StringBuilder text = new StringBuilder(words(told));
    Throwable cause = told.getCause();
    for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
      String more = words(cause);
      if (!isWrapper(cause) && text.indexOf(more) < 0) {
        text.append(" (").append(more).append(')');
      }
      cause = cause.getCause();
    }
    return text.toString();
  }

  /** Whether a failure only hands on its cause. */
  private static boolean isWrapper(Throwable failure) {
    Throwable cause = failure.getCause();
    String message = message(failure);
    return cause != null && (message == null || message.equals(name(cause)));
  }

  private static String words(Throwable failure) {
    if (failure instanceof FileSystemException file && file.getFile() != null) {
      return file(file);
    }
    String message = message(failure);
    if (failure instanceof FileNotFoundException && message != null) {
      return message;
    }
    if (failure instanceof CancelledError cancelled) {
      return cancelled.text();
    }
    if (failure instanceof Error error) {
      return kind(error) + (message == null || message.isBlank() ? "" : ": " + message);
    }
    if (message == null || message.isBlank()) {
      return "an unexpected failure, " + failure.getClass().getSimpleName();
    }
    return message;
  }

  /** The message of an error of the machine says little without its kind. */
  private static String kind(Error error) {
    if (error instanceof OutOfMemoryError) {
      return "out of memory";
    }
    if (error instanceof StackOverflowError) {
      return "a thread's stack is full";
    }
    if (error instanceof LinkageError) {
      return "a class can't be loaded or linked";
    }
    return "an error of the Java machine, " + error.getClass().getSimpleName();
  }

  /** What {@link Throwable#Throwable(Throwable)} takes for a message. */
  private static String name(Throwable cause) {
    String message = message(cause);
    return cause.getClass().getName() + (message == null ? "" : ": " + message);
  }

  /** Code of others may throw even here. */
  private static @Nullable String message(Throwable failure) {
    try {
      return failure.getMessage();
    } catch (RuntimeException e) {
      return "its message can't be read";
    }
  }

  private static String file(FileSystemException failure) {
    String file = failure.getFile();
    if (failure instanceof NoSuchFileException) {
      return "there is no " + file;
    }
    if (failure instanceof AccessDeniedException) {
      return "user "
          + System.getProperty("user.name")
          + " has no right to "
          + file
          + ", or to a folder above it";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return "there is a " + file + " already";
    }
    if (failure instanceof NotDirectoryException) {
      return file + " is no folder";
    }
    if (failure instanceof DirectoryNotEmptyException) {
      return file + " is not empty";
    }
    String reason = failure.getReason() == null ? "it can't be used" : failure.getReason();
    return file + ": " + reason.substring(0, 1).toLowerCase(Locale.ROOT) + reason.substring(1);
  }
}
