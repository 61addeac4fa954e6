package io.segue.kernel.core.check;

import io.segue.kernel.core.gas.ErrorResult;

/** The answer of a node that has not committed a block yet. */
public final class NotReady {
  static final String TEXT = "segue is not ready; please wait for first block";

  private static final int INVALID_HEIGHT = 26;

  public static final ErrorResult REFUSAL =
      new ErrorResult("sdk", INVALID_HEIGHT, TEXT + ": invalid height");

  private NotReady() {}
}
