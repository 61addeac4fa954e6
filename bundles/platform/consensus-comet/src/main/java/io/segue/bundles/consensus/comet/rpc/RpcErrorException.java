package io.segue.bundles.consensus.comet.rpc;

import java.util.List;

/** CometBFT's error to a call, in its words. */
final class RpcErrorException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * How it says that there is no such block, result or transaction, or none any more, or not yet.
   */
  private static final List<String> ABSENT =
      List.of(
          "must be less than or equal to the current blockchain height",
          "is not available, lowest height is",
          "could not find",
          "not found");

  RpcErrorException(String text) {
    super(text, null, false, false);
  }

  String text() {
    return String.valueOf(getMessage());
  }

  /** Whether what was asked for is not there. */
  boolean isAbsence() {
    return ABSENT.stream().anyMatch(text()::contains);
  }
}
