package io.segue.kernel.api.module;

/** A query's failure with a gRPC status. */
public final class QueryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** gRPC status names as ABCI logs spell them. */
  public enum Status {
    NotFound(5),
    InvalidArgument(3),
    FailedPrecondition(9),
    Unauthenticated(16),
    Unknown(2),
    Internal(13),
    Unimplemented(12),
    Unavailable(14);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    /** Its number in gRPC. */
    public int code() {
      return code;
    }
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
