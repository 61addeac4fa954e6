package io.segue.kernel.core.module;

import io.segue.kernel.api.node.Node.SlowStep;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The steps that run now, in blocks and in queries, so that one that takes long can be named while
 * it does. Steps may run within steps. Thread safety: any thread.
 */
public final class Steps {
  /** Steps of which nobody is told. */
  public static final Steps UNTOLD = new Steps(null);

  private final @Nullable Set<Step> running;

  /** None runs yet. */
  public Steps() {
    this(ConcurrentHashMap.newKeySet());
  }

  private Steps(@Nullable Set<Step> running) {
    this.running = running;
  }

  /** A step that runs; closed where it ends. Its identity is the object. */
  public static final class Step implements AutoCloseable {
    private final Steps steps;
    private final String what;
    private final String module;
    private final String message;
    private final long startNs = System.nanoTime();

    private Step(Steps steps, String what, String module, String message) {
      this.steps = steps;
      this.what = what;
      this.module = module;
      this.message = message;
    }

    @Override
    public void close() {
      if (steps.running != null) {
        steps.running.remove(this);
      }
    }
  }

  /**
   * A step begins.
   *
   * @param what in words, such as {@code end of block}
   * @param module whose code runs; empty where it is none's
   * @param message type of the message, or path of the query; empty where there is none
   */
  public Step begin(String what, String module, String message) {
    Step step = new Step(this, what, module, message);
    if (running != null) {
      running.add(step);
    }
    return step;
  }

  /** The steps that run for so many milliseconds or longer, the longest first. */
  public List<SlowStep> runningFor(long leastMs) {
    if (running == null) {
      return List.of();
    }
    long nowNs = System.nanoTime();
    return running.stream()
        .map(
            step ->
                new SlowStep(
                    step.what, step.module, step.message, (nowNs - step.startNs) / 1_000_000))
        .filter(step -> step.ageMs() >= leastMs)
        .sorted(Comparator.comparingLong(SlowStep::ageMs).reversed())
        .toList();
  }
}
