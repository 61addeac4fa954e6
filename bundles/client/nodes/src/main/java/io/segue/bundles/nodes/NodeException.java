package io.segue.bundles.nodes;

/** What a node, its process or its folder did not do; the message says what, why, and what next. */
public final class NodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NodeException(String message) {
    super(message);
  }

  public NodeException(String message, Throwable cause) {
    super(message, cause);
  }
}
