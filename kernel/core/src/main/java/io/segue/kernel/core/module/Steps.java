package io.segue.kernel.core.module;

import io.segue.kernel.api.guard.Guard;
import io.segue.kernel.api.node.Node.SlowStep;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps that run now, in blocks and in queries, so that one that takes long can be named while
 * it does, and cancelled where it takes longer than it may. What the code of generations uses in
 * one is counted for it ({@link Guard}). Steps may run within steps. Thread safety: any thread.
 */
public final class Steps {
  private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

  /** Steps of which nobody is told. */
  public static final Steps UNTOLD = new Steps(null);

  /** How long after it was cancelled a step is said not to end. */
  static final long STUCK_MS = 5_000;

  /** A query that reads state ends by its own deadline; this is for one that does not. */
  private static final long QUERY_GRACE_MS = 500;

  private final @Nullable Set<Step> running;

  /** None runs yet. */
  public Steps() {
    this(ConcurrentHashMap.newKeySet());
  }

  private Steps(@Nullable Set<Step> running) {
    this.running = running;
  }

  /** Which limit of time a step has. */
  public enum Kind {
    /** Code of modules in a block. */
    BLOCK("stepTimeoutMs"),
    /** Code of a handler, a migration or a store load, at the height of a plan. */
    UPGRADE("upgradeStepTimeoutMs"),
    /** Code of modules that answers a query or checks a transaction. */
    QUERY("queryTimeoutMs"),
    /** The kernel's own work, which has none. */
    KERNEL("");

    private final String setting;

    Kind(String setting) {
      this.setting = setting;
    }
  }

  /** A step that runs; closed where it ends. Its identity is the object. */
  public static final class Step implements AutoCloseable {
    private final Steps steps;
    private final Kind kind;
    private final Cancellation cancellation = new Cancellation();
    private final String what;
    private final String module;
    private final String message;
    private final long startNs = System.nanoTime();
    private final int opened = Guard.open();

    private Step(Steps steps, Kind kind, String what, String module, String message) {
      this.steps = steps;
      this.kind = kind;
      this.what = what;
      this.module = module;
      this.message = message;
    }

    @Override
    public void close() {
      Guard.close(opened);
      if (steps.running != null) {
        steps.running.remove(this);
        cancellation.close();
      }
    }

    /** Cancels it, once. */
    private void cancel(Step innermost, long limitMs) {
      String why =
          innermost.name()
              + " is cancelled: it took longer than "
              + limitMs
              + " ms, the "
              + kind.setting
              + " of this node";
      if (cancellation.cancel(why)) {
        LOG.warn("{}", why);
      }
    }

    private String name() {
      return "step '"
          + what
          + "'"
          + (module.isEmpty() || what.contains("module " + module) ? "" : " of module " + module)
          + (message.isEmpty() ? "" : ", " + message + ",");
    }

    private long ageMs(long nowNs) {
      return (nowNs - startNs) / 1_000_000;
    }
  }

  /**
   * A step begins, on this thread.
   *
   * @param kind says how long it may run
   * @param what in words, such as {@code end of block}
   * @param module whose code runs; empty where it is none's
   * @param message type of the message, or path of the query; empty where there is none
   */
  public Step begin(Kind kind, String what, String module, String message) {
    Step step = new Step(this, kind, what, module, message);
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
        .map(step -> new SlowStep(step.what, step.module, step.message, step.ageMs(nowNs)))
        .filter(step -> step.ageMs() >= leastMs)
        .sorted(Comparator.comparingLong(SlowStep::ageMs).reversed())
        .toList();
  }

  /**
   * Cancels the code of generations in steps that run longer than they may. What is named is the
   * innermost step of the thread: a transaction that takes too long does so in one of its messages.
   *
   * @param limitMs how long a step of a kind may run; 0 for ever
   */
  public void cancelOverdue(ToLongFunction<Kind> limitMs) {
    if (running == null) {
      return;
    }
    long nowNs = System.nanoTime();
    for (Step step : running) {
      long limit = step.kind == Kind.KERNEL ? 0 : limitMs.applyAsLong(step.kind);
      long grace = step.kind == Kind.QUERY ? QUERY_GRACE_MS : 0;
      if (limit > 0 && step.ageMs(nowNs) >= limit + grace) {
        step.cancel(innermost(step), limit);
      }
    }
  }

  /** The last step that began on the thread of a step. */
  private Step innermost(Step outer) {
    Step innermost = outer;
    for (Step step : Objects.requireNonNull(running)) {
      if (step.cancellation.thread == outer.cancellation.thread
          && step.startNs > innermost.startNs) {
        innermost = step;
      }
    }
    return innermost;
  }

  /**
   * The steps of blocks and upgrades that were cancelled and do not end, in words: they are inside
   * of one call of Java's.
   *
   * @param limitMs as above
   */
  public List<String> stuck(ToLongFunction<Kind> limitMs) {
    if (running == null) {
      return List.of();
    }
    long nowNs = System.nanoTime();
    return running.stream()
        .filter(step -> step.kind == Kind.BLOCK || step.kind == Kind.UPGRADE)
        .filter(step -> step.cancellation.isCancelled())
        .filter(step -> step.ageMs(nowNs) >= limitMs.applyAsLong(step.kind) + STUCK_MS)
        .map(
            step ->
                step.name() + " was cancelled and does not end after " + step.ageMs(nowNs) + " ms")
        .toList();
  }
}
