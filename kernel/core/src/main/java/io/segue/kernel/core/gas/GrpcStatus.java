package io.segue.kernel.core.gas;

import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.QueryException.Status;

/** How failures of queries become ABCI codes and gRPC statuses, as the Cosmos SDK 0.50 does it. */
public final class GrpcStatus {
  private GrpcStatus() {}

  /** Code and log of a failed query. */
  public static ErrorResult ofQuery(RuntimeException failure) {
    if (failure instanceof QueryException status) {
      return refusal(status);
    }
    if (failure instanceof ModuleException registered
        && !registered.codespace().equals(ErrorResult.UNDEFINED)) {
      return new ErrorResult("sdk", 6, registered.log() + ": unknown request");
    }
    if (failure instanceof ModuleException || failure instanceof IllegalArgumentException) {
      return new ErrorResult("sdk", 18, failure.getMessage() + ": invalid request");
    }
    return ErrorResult.of(failure);
  }

  /** Code and log of a failure with a gRPC status. */
  static ErrorResult refusal(QueryException failure) {
    String text = "rpc error: code = " + failure.status() + " desc = " + failure.getMessage();
    return switch (failure.status()) {
      case NotFound -> new ErrorResult("sdk", 22, text + ": key not found");
      case InvalidArgument, FailedPrecondition ->
          new ErrorResult("sdk", 18, text + ": invalid request");
      case Unauthenticated -> new ErrorResult("sdk", 4, text + ": unauthorized");
      default -> new ErrorResult("sdk", 6, text + ": unknown request");
    };
  }

  /** Status and text of a failed query where gRPC answers. */
  public static QueryException of(RuntimeException failure) {
    if (failure instanceof QueryException status) {
      return status;
    }
    if (failure instanceof ModuleException refused) {
      return refused.codespace().equals(ErrorResult.UNDEFINED)
          ? new QueryException(Status.Unknown, refused.log())
          : registered(new ErrorResult(refused.codespace(), refused.code(), refused.log()));
    }
    return failure instanceof IllegalArgumentException
        ? new QueryException(Status.Unknown, String.valueOf(failure.getMessage()))
        : new QueryException(Status.Internal, ErrorResult.of(failure).log());
  }

  /** A registered error: its log has its registered text last, gRPC's text has it first. */
  public static QueryException registered(ErrorResult refusal) {
    String log = refusal.log();
    int end = log.lastIndexOf(": ");
    String text = end < 0 ? log : log.substring(end + ": ".length()) + ": " + log.substring(0, end);
    return new QueryException(
        Status.Unknown,
        "codespace " + refusal.codespace() + " code " + refusal.code() + ": " + text);
  }
}
