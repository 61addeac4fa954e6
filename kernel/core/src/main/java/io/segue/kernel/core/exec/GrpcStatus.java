package io.segue.kernel.core.exec;

import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;

/** How failures of queries become ABCI codes, as the Cosmos SDK 0.50 does it. */
final class GrpcStatus {
  private GrpcStatus() {}

  /** Code and log of a failed query. */
  static Refusal ofQuery(RuntimeException failure) {
    if (failure instanceof QueryException status) {
      return refusal(status);
    }
    if (failure instanceof ModuleException registered
        && !registered.codespace().equals(Refusal.UNDEFINED)) {
      return new Refusal("sdk", 6, registered.log() + ": unknown request");
    }
    if (failure instanceof ModuleException || failure instanceof IllegalArgumentException) {
      return new Refusal("sdk", 18, failure.getMessage() + ": invalid request");
    }
    return Refusal.of(failure);
  }

  /** Code and log of a failure with a gRPC status. */
  static Refusal refusal(QueryException failure) {
    String text = "rpc error: code = " + failure.status() + " desc = " + failure.getMessage();
    return switch (failure.status()) {
      case NotFound -> new Refusal("sdk", 22, text + ": key not found");
      case InvalidArgument, FailedPrecondition ->
          new Refusal("sdk", 18, text + ": invalid request");
      case Unauthenticated -> new Refusal("sdk", 4, text + ": unauthorized");
      default -> new Refusal("sdk", 6, text + ": unknown request");
    };
  }
}
