package io.segue.kernel.core.block;

import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Optional;

/** A step of a block that failed. Nothing of the block is kept. */
final class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final HoldReason reason;
  private final Throwable failure;

  /**
   * A step that failed.
   *
   * @param reason where the failure tells no better one
   * @param what the step that failed
   */
  StepFailedException(HoldReason reason, String what, Throwable failure) {
    super(what, failure);
    this.reason = reason;
    this.failure = failure;
  }

  /** The hold that it makes. */
  Hold hold() {
    HoldReason kind = aborted().isPresent() ? HoldReason.ABORTED : reason;
    return Hold.ofStep(failure, kind, getMessage() + ", and nothing of the block is kept");
  }

  /** Why the handler, or an invariant after it, refused the state; empty for other failures. */
  Optional<String> aborted() {
    return reason == HoldReason.HANDLER && failure instanceof UpgradeAborted
        ? Optional.of(String.valueOf(failure.getMessage()))
        : Optional.empty();
  }
}
