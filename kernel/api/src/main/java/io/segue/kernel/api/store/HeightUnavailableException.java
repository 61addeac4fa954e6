package io.segue.kernel.api.store;

/** A height that can't be read: in the future, or pruned. */
public final class HeightUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean future;

  public HeightUnavailableException(long height, long oldest, long latest) {
    super(
        height > latest
            ? "height " + height + " is in the future; the last committed height is " + latest
            : "height " + height + " is pruned; the oldest height that can be read is " + oldest);
    this.future = height > latest;
  }

  /** Whether the height is above the last committed one. */
  public boolean future() {
    return future;
  }
}
