package io.segue.kernel.core.generation;

import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of a bundle that is not trusted yet. Whatever it throws becomes a refusal in words: the
 * exception itself is logged and let go, because it would keep the bundle's class loader alive.
 */
public final class Instances {
  private static final Logger LOG = LoggerFactory.getLogger(Instances.class);

  private Instances() {}

  /**
   * Makes an object of a class in a bundle.
   *
   * @param what names it in errors, as {@code the factory of module bank}
   */
  public static <T> T make(
      Class<T> type, BundleSpace.Installed bundle, String className, HoldReason reason, String what)
      throws GenerationException {
    Object object =
        guarded(
            reason,
            what + ", " + className + ",",
            () -> {
              try {
                return bundle.newInstance(className);
              } catch (InvocationTargetException e) {
                throw new Failed(e.getCause() == null ? e : e.getCause());
              } catch (ReflectiveOperationException e) {
                throw new Failed(e);
              }
            });
    if (!type.isInstance(object)) {
      throw new GenerationException(
          reason, what + ", " + className + ", is refused: it is no " + type.getSimpleName());
    }
    return type.cast(object);
  }

  /**
   * Calls code of a bundle.
   *
   * @param what names it in errors
   * @return what the code returned, never null
   */
  public static <T> T guarded(HoldReason reason, String what, Supplier<T> code)
      throws GenerationException {
    T result;
    int opened = Guard.open();
    try {
      result = code.get();
    } catch (Throwable e) { // an Error of a staged bundle must not reach the running generation
      Throwable cause = cause(e);
      if (cause instanceof CancelledError cancelled) {
        throw new GenerationException(
            HoldReason.RUNAWAY, what + " does not end: " + cancelled.text());
      }
      String text = describe(cause);
      LOG.warn("{} failed: {}", what, text);
      throw new GenerationException(reason, what + " failed: " + text + "; fix the bundle");
    } finally {
      Guard.close(opened);
    }
    if (result == null) {
      throw new GenerationException(reason, what + " returned null; fix the bundle");
    }
    return result;
  }

  /** What went wrong first, without what Java wraps around it. */
  private static Throwable cause(Throwable thrown) {
    Throwable cause = thrown instanceof Failed failed ? failed.cause : thrown;
    return cause instanceof ExceptionInInitializerError && cause.getCause() != null
        ? cause.getCause()
        : cause;
  }

  /** Class, message and first frames; asks a foreign exception for its message with care. */
  private static String describe(Throwable failure) {
    StringBuilder text = new StringBuilder(failure.getClass().getName());
    try {
      String message = failure.getMessage();
      if (message != null) {
        text.append(": ").append(message);
      }
      // Not the call that is put into every method: a stack may be full in it.
      Arrays.stream(failure.getStackTrace())
          .filter(frame -> !frame.getClassName().equals(Guard.class.getName()))
          .findFirst()
          .ifPresent(frame -> text.append(" (at ").append(frame).append(')'));
    } catch (RuntimeException | Error e) {
      text.append(" (its message can't be read)");
    }
    return text.toString();
  }

  /** Carries a checked failure out of a supplier. */
  private static final class Failed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Throwable cause;

    Failed(Throwable cause) {
      super(null, null, false, false);
      this.cause = cause;
    }
  }
}
