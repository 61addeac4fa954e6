package io.segue.kernel.core.snapshot;

/** A snapshot that can't be made or taken; the message names what is wrong with it. */
public final class SnapshotException extends Exception {
  private static final long serialVersionUID = 1L;

  /** A snapshot is refused for this reason. */
  public SnapshotException(String message) {
    super(message);
  }
}
