package io.segue.kernel.core.hold;

import io.segue.kernel.admission.Refusal;
import io.segue.kernel.admission.artifact.RefusedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused bundle, artifact or generation. The message names what was refused, why, and what to do
 * next; {@link #reason} is its category. Whatever the refused attempt installed is gone again.
 */
public final class GenerationException extends Exception {
  private static final long serialVersionUID = 1L;

  private final HoldReason reason;

  public GenerationException(HoldReason reason, String message) {
    this(reason, message, null);
  }

  public GenerationException(HoldReason reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** Bytes that can't be read as what they should be. */
  public static GenerationException of(RefusedException refused) {
    return new GenerationException(HoldReason.of(refused.reason()), refused.text(), refused);
  }

  /**
   * What admission refuses: the first of it, and how much more there is.
   *
   * @param refusals at least one
   */
  public static GenerationException of(List<Refusal> refusals) {
    Refusal first = refusals.get(0);
    String more =
        refusals.size() == 1
            ? ""
            : " (and " + (refusals.size() - 1) + " more; upgrade:check lists them)";
    return new GenerationException(HoldReason.of(first.reason()), first.text() + more);
  }

  /** The category. */
  public HoldReason reason() {
    return reason;
  }

  /** The full text; never null. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
