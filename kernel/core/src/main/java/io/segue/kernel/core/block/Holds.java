package io.segue.kernel.core.block;

import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.upgrade.Hold;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds the block, and when the same is tried again: at once where the operator asks for it,
 * and after a pause where it may pass by itself. Block thread, but for {@link #current}.
 */
final class Holds {
  /** Pause between two tries of what may pass by itself, such as a full disk. */
  static final long RETRY_NS = 5_000_000_000L;

  private volatile @Nullable Hold hold;
  private long retryAtNs = Long.MAX_VALUE;

  /** The hold that the operator's settings ask for, in the Cosmos SDK's words. */
  static Hold halted(HeightSettings settings) {
    return new Hold(
        HoldReason.HALTED,
        "halt per configuration height " + settings.haltHeight() + " time " + settings.haltTimeS());
  }

  /** The last hold; any thread. */
  Optional<Hold> current() {
    return Optional.ofNullable(hold);
  }

  void hold(Hold why, long nowNs) {
    hold = why;
    retryAtNs = why.reason().passing() ? nowNs + RETRY_NS : Long.MAX_VALUE;
  }

  /** Whether the operator's halt holds the block. */
  boolean areHalt() {
    return current().filter(why -> why.reason() == HoldReason.HALTED).isPresent();
  }

  /** The operator asks for another try. */
  void retry() {
    retryAtNs = Long.MIN_VALUE;
  }

  /** Whether it is time for another try; true once. */
  boolean tryAgain(long nowNs) {
    boolean due = nowNs >= retryAtNs;
    if (due) {
      retryAtNs = Long.MAX_VALUE;
    }
    return due;
  }
}
