package io.segue.kernel.core.block;

import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds the block, and when the same is tried again: at once where the operator asks for it,
 * and after pauses that grow where it may pass by itself. Block thread, but for {@link #current}.
 */
final class Holds {
  /** First pause before what may pass by itself is tried again, such as a full disk; it doubles. */
  static final long RETRY_NS = 5_000_000_000L;

  /** Longest pause between two tries. */
  static final long LONGEST_RETRY_NS = 60_000_000_000L;

  private volatile @Nullable Hold hold;
  private long retryAtNs = Long.MAX_VALUE;
  private long pauseNs = RETRY_NS;

  /** The hold that the operator's settings ask for, in the Cosmos SDK's words. */
  static Hold halted(HeightSettings settings) {
    if (settings.isUnknown()) {
      return new Hold(
          HoldReason.HALTED,
          "halt-height, halt-time or skip-heights in etc/io.segue.kernel.cfg can't be used, so it is"
              + " not known which blocks may be executed; node:status names key and value, and a"
              + " file that can be used counts as soon as it is saved");
    }
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
    if (why.reason().passing()) {
      retryAtNs = nowNs + pauseNs;
      pauseNs = Math.min(2 * pauseNs, LONGEST_RETRY_NS);
    } else {
      retryAtNs = Long.MAX_VALUE;
    }
  }

  /** What held has passed: the next pause is a short one again. */
  void passed() {
    pauseNs = RETRY_NS;
  }

  /** Whether the operator's halt holds the block. */
  boolean areHalt() {
    return current().filter(why -> why.reason() == HoldReason.HALTED).isPresent();
  }

  /** The operator asks for another try. */
  void retry() {
    retryAtNs = Long.MIN_VALUE;
    passed();
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
