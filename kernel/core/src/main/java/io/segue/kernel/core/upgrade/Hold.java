package io.segue.kernel.core.upgrade;

import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.HoldReason;
import java.util.List;
import java.util.Objects;
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
   * @param message what failed, and why
   */
  public static Hold of(Throwable failure, HoldReason otherwise, String message) {
    HoldReason reason = otherwise;
    Throwable cause = failure;
    for (int i = 0; i < MAX_CAUSES && cause != null; i++, cause = cause.getCause()) {
      if (saysNoRoom(cause.getMessage())) {
        return new Hold(HoldReason.DISK_FULL, message);
      }
      if (cause instanceof GenerationException generation) {
        reason = generation.reason();
      }
    }
    return new Hold(reason, message);
  }

  /** The hold that a failure makes, in the failure's own words. */
  public static Hold of(Throwable failure, HoldReason otherwise) {
    return of(failure, otherwise, Objects.requireNonNullElse(failure.getMessage(), "" + failure));
  }

  /** What the operator does about it. */
  public String nextStep() {
    return reason.nextStep();
  }

  private static boolean saysNoRoom(@Nullable String message) {
    return message != null && NO_ROOM.stream().anyMatch(message::contains);
  }
}
