package io.segue.kernel.api.module;

/** A query's failure with a gRPC status. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** gRPC status names as ABCI logs spell them. */
  public enum Status {
    NotFound,
    InvalidArgument,
    FailedPrecondition,
    Unauthenticated,
    Unknown,
    Internal,
    Unimplemented,
    Unavailable
  }

  private final Status status;

  public QueryException(Status status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  /** The gRPC status. */
  public Status status() {
    return status;
  }
}
