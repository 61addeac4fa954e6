package io.segue.kernel.core.exec;

/** The answer of a node that has not committed a block yet. */
final class NotReady {
  static final String TEXT = "segue is not ready; please wait for first block";

  private static final int INVALID_HEIGHT = 26;

  static final ErrorResult REFUSAL =
      new ErrorResult("sdk", INVALID_HEIGHT, TEXT + ": invalid height");

  private NotReady() {}
}
