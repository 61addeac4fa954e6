package io.segue.bundles.consensus.solo.agent;

import io.segue.kernel.api.node.HoldingPart;
import io.segue.kernel.api.node.NodeHold;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an agent waits for where it can't go on, and when it tries again: after a pause that doubles
 * from {@link #FIRST_PAUSE_NS} to {@link #MAX_PAUSE_NS} as long as the same fails, or at once where
 * the operator asks for it.
 *
 * <p>Thread safety: the agent's thread; {@link #hold} and {@link #retry} any thread.
 */
public final class AgentHold implements HoldingPart {
  /** Pause before the first try. */
  public static final long FIRST_PAUSE_NS = TimeUnit.SECONDS.toNanos(1);

  /** Longest pause between two tries. */
  public static final long MAX_PAUSE_NS = TimeUnit.MINUTES.toNanos(1);

  private static final String DISK_FULL = "DISK_FULL";
  private static final String STORAGE = "STORAGE";
  private static final String ROOM =
      "make room on the disk; the node tries again by itself, upgrade:retry does it at once";
  private static final String DISK =
      "check the disk and the permissions of data/; the node tries again by itself, upgrade:retry"
          + " does it at once";

  /** How the operating system says that there is no room. */
  private static final List<String> NO_ROOM =
      List.of("No space left on device", "Disk quota exceeded");

  private static final Logger log = LoggerFactory.getLogger(AgentHold.class);

  private final String part;
  private final boolean stopsBlocks;
  private final Runnable wake;
  private volatile @Nullable NodeHold current;
  private volatile boolean asked;
  private long pauseNs = FIRST_PAUSE_NS;
  private long tryAtNs = Long.MAX_VALUE;

  /**
   * Nothing is waited for yet.
   *
   * @param part what the agent is called in a hold
   * @param stopsBlocks whether no block is made while it waits
   * @param wake wakes the agent's thread
   */
  public AgentHold(String part, boolean stopsBlocks, Runnable wake) {
    this.part = part;
    this.stopsBlocks = stopsBlocks;
    this.wake = wake;
  }

  @Override
  public Optional<NodeHold> hold() {
    return Optional.ofNullable(current);
  }

  @Override
  public void retry() {
    asked = true;
    wake.run();
  }

  /** Waits for a disk. */
  public void disk(String what, Throwable failure, long nowNs) {
    boolean full = NO_ROOM.stream().anyMatch(text(failure)::contains);
    String message = what + ": " + text(failure);
    hold(full ? DISK_FULL : STORAGE, message, full ? ROOM : DISK, true, nowNs, failure);
  }

  /**
   * Waits for something else.
   *
   * @param passing whether it may pass by itself; else only {@link #retry} tries again
   */
  public void hold(
      String reason,
      String message,
      String nextStep,
      boolean passing,
      long nowNs,
      @Nullable Throwable cause) {
    NodeHold next = holdOf(reason, message, nextStep);
    if (!next.equals(current)) {
      log.error("{} is held ({}): {}", part, reason, next.text(), cause);
      pauseNs = current == null ? FIRST_PAUSE_NS : pauseNs;
    }
    current = next;
    asked = false;
    tryAtNs = passing ? nowNs + pauseNs : Long.MAX_VALUE;
    pauseNs = Math.min(pauseNs * 2, MAX_PAUSE_NS);
  }

  /** Waits for what comes by itself, such as a time; nothing failed, and nothing is tried again. */
  public void await(String reason, String message, String nextStep) {
    NodeHold next = holdOf(reason, message, nextStep);
    if (!next.equals(current)) {
      log.info("{} waits ({}): {}", part, reason, next.text());
    }
    current = next;
  }

  private NodeHold holdOf(String reason, String message, String nextStep) {
    return new NodeHold(part, reason, message, nextStep, stopsBlocks);
  }

  /** Whether it is time to try again. */
  public boolean due(long nowNs) {
    return asked || tryAtNs != Long.MAX_VALUE && nowNs - tryAtNs >= 0;
  }

  /** When it is time, by the clock of the agent; {@code Long.MAX_VALUE} for never. */
  public long wakeAtNs() {
    return tryAtNs;
  }

  /** It went on. */
  public void over() {
    if (current != null) {
      log.info("{} goes on", part);
      current = null;
    }
    asked = false;
    pauseNs = FIRST_PAUSE_NS;
    tryAtNs = Long.MAX_VALUE;
  }

  private static String text(Throwable failure) {
    Throwable cause = failure.getCause();
    Throwable said = failure instanceof UncheckedIOException && cause != null ? cause : failure;
    return Objects.requireNonNullElse(said.getMessage(), said.getClass().getSimpleName());
  }
}
