package io.segue.bundles.rpc.query;

/** A text that is no query; CometBFT's words for it, beginning with where in bytes. */
public final class QuerySyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  QuerySyntaxException(int offset, String why) {
    super("offset " + offset + ": " + why, null, false, false);
  }

  /** What is wrong and where. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
