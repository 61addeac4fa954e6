package io.segue.kernel.core.hold;

import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.node.FailureText;
import io.segue.kernel.api.node.NodeHold;
import io.segue.kernel.api.store.StoreFullException;
import io.segue.kernel.core.overlay.StateReadError;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a plan from being ready, or its block from going on.
 *
 * @param message what was refused or failed, and why
 */
public record Hold(HoldReason reason, String message) {
  /** How the operating system says that there is no room, whoever hands it on. */
  private static final List<String> NO_ROOM =
      List.of("No space left on device", "Disk quota exceeded");

  /** The deepest chain of causes that is looked through. */
  private static final int MAX_CAUSES = 16;

  /**
   * The hold that a failure makes.
   *
   * @param otherwise its reason where the failure does not tell a better one
   * @param what what failed
   */
  public static Hold of(Throwable failure, HoldReason otherwise, String what) {
    return new Hold(reason(failure, otherwise), what + ": " + FailureText.of(failure));
  }

  /**
   * The hold that a failed step of a block makes. What the machine lacks is told from what the code
   * does, since it may pass: memory, stack, a class or a read.
   *
   * @param otherwise its reason where the failure does not tell a better one
   * @param what what failed
   */
  public static Hold ofStep(Throwable failure, HoldReason otherwise, String what) {
    return of(failure, machines(failure, otherwise), what);
  }

  /** As {@link #ofStep(Throwable, HoldReason, String)}, in the failure's own words. */
  public static Hold ofStep(Throwable failure, HoldReason otherwise) {
    return of(failure, machines(failure, otherwise));
  }

  private static HoldReason machines(Throwable failure, HoldReason otherwise) {
    HoldReason reason = otherwise;
    for (Throwable cause : causes(failure)) {
      if (cause instanceof VirtualMachineError || cause instanceof LinkageError) {
        reason = HoldReason.MACHINE;
      } else if (cause instanceof CancelledError) {
        return HoldReason.RUNAWAY;
      } else if (cause instanceof StateReadError || cause instanceof UncheckedIOException) {
        reason = HoldReason.STORAGE;
      }
    }
    return reason;
  }

  /** The hold that a failure makes, in the failure's own words. */
  public static Hold of(Throwable failure, HoldReason otherwise) {
    return new Hold(reason(failure, otherwise), FailureText.of(failure));
  }

  /** As others see it: it keeps a part of the node from going on, and blocks with it. */
  public NodeHold as(String part) {
    return new NodeHold(part, reason.name(), message, nextStep(), true);
  }

  /** What the operator does about it. */
  public String nextStep() {
    return reason.nextStep();
  }

  private static HoldReason reason(Throwable failure, HoldReason otherwise) {
    HoldReason reason = otherwise;
    for (Throwable cause : causes(failure)) {
      if (cause instanceof StoreFullException || saysNoRoom(cause.getMessage())) {
        return HoldReason.DISK_FULL;
      }
      if (cause instanceof GenerationException generation && otherwise != HoldReason.MACHINE) {
        reason = generation.reason();
      }
    }
    return reason;
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable c = failure; c != null && causes.size() < MAX_CAUSES; c = c.getCause()) {
      causes.add(c);
    }
    return causes;
  }

  private static boolean saysNoRoom(@Nullable String message) {
    return message != null && NO_ROOM.stream().anyMatch(message::contains);
  }
}
