package io.segue.kernel.admission.artifact;

/** Bytes that can't be read as what they should be; the message names what, why, and what to do. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final RefusalReason reason;
  private final String bundle;

  RefusedException(RefusalReason reason, String message) {
    this(reason, "", message);
  }

  RefusedException(RefusalReason reason, String bundle, String message) {
    super(message);
    this.reason = reason;
    this.bundle = bundle;
  }

  /** The category. */
  public RefusalReason reason() {
    return reason;
  }

  /** The bundle it is about, as errors call it; empty where that is not known. */
  public String bundle() {
    return bundle;
  }

  /** The full text; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
