package io.segue.kernel.core.gas;

import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.guard.LimitError;
import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;

/**
 * A failure as a result shows it. It is the same on every node: of exceptions that the JVM makes
 * itself only the class is shown, because compiled code may throw them without their message.
 */
public record ErrorResult(String codespace, int code, String log) {
  /** Codespace of failures that no module registered. */
  static final String UNDEFINED = "undefined";

  /** Code of an exception that no module meant to throw. */
  static final int PANIC = 111222;

  /** Codespace of failures that are the kernel's own. */
  static final String KERNEL = "kernel";

  /** Code of code that went beyond a limit of the kernel rules. */
  static final int LIMIT = 2;

  /** Code of an error that is not registered. */
  static final int PLAIN = 1;

  /**
   * Whatever is thrown, except errors of the VM: those are never a result.
   *
   * @param failure a {@link RuntimeException} or a {@link LimitError}
   */
  public static ErrorResult of(Throwable failure) {
    if (failure instanceof LimitError limit) {
      return new ErrorResult(KERNEL, LIMIT, limit.text() + ": limit of the kernel rules");
    }
    if (failure instanceof ModuleException refused) {
      return new ErrorResult(refused.codespace(), refused.code(), refused.log());
    }
    if (failure instanceof QueryException refused) {
      return GrpcStatus.refusal(refused);
    }
    return new ErrorResult(UNDEFINED, PANIC, panicLog(failure));
  }

  /** The refusal of a transaction whose check this node cancelled; never a result of a block. */
  public static ErrorResult cancelled(CancelledError failure) {
    return new ErrorResult(UNDEFINED, PANIC, failure.text());
  }

  /** The same as an exception that modules may catch and whose text they may store. */
  public ModuleException toException() {
    return new ModuleException(codespace, code, log);
  }

  /** A failure of codespace {@code sdk}. */
  public static ModuleException sdk(int code, String log) {
    return new ModuleException("sdk", code, log);
  }

  public boolean isOutOfGas() {
    return code == Gas.OUT_OF_GAS && codespace.equals("sdk");
  }

  /** Whether code went beyond a limit of the kernel rules. */
  public boolean isLimit() {
    return code == LIMIT && codespace.equals(KERNEL);
  }

  public boolean isPanic() {
    return code == PANIC && codespace.equals(UNDEFINED);
  }

  private static String panicLog(Throwable failure) {
    String message = failure.getMessage();
    return message == null || madeByTheVm(failure)
        ? "panic: " + failure.getClass().getSimpleName()
        : "panic: " + message;
  }

  private static boolean madeByTheVm(Throwable failure) {
    return failure instanceof NullPointerException
        || failure instanceof ArithmeticException
        || failure instanceof ClassCastException
        || failure instanceof IndexOutOfBoundsException
        || failure instanceof ArrayStoreException
        || failure instanceof NegativeArraySizeException;
  }
}
