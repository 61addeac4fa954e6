package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.plan.PlanOutcome;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one upgrade at a time, as one explicit state machine: scheduled, prepared beside the
 * running code, due, loaded, handled, and then applied, skipped or aborted. It decides nothing
 * about blocks; the block loop asks it whether the next generation is ready and tells it what
 * happens at the height.
 *
 * <p>Thread safety: the block thread owns it. Other threads only call {@link #offer}, {@link
 * #cancelPrepared}, {@link #waits}, {@link #hasPrepared}, {@link #executes} and {@link #status};
 * what they bring waits in a mailbox until {@link #poll}.
 */
public final class UpgradeLife {
  private static final Logger LOG = LoggerFactory.getLogger(UpgradeLife.class);

  private final Preparation preparation;
  private final PlanFiles files;
  private final Readiness readiness;
  private final Queue<Order> mailbox = new ConcurrentLinkedQueue<>();

  private volatile UpgradeState state = UpgradeState.NONE;
  private @Nullable UpgradeRecord record;
  private @Nullable Hold hold;
  private volatile @Nullable UpgradeStatus status;

  /** What another thread brings. */
  @FunctionalInterface
  private interface Order {
    /** Carries it out; false where it has to wait. Block thread. */
    boolean done(long nowMs);
  }

  /** Nothing is done before the first {@link #committed}. */
  public UpgradeLife(Preparation preparation, PlanFiles files) {
    this.preparation = preparation;
    this.files = files;
    this.readiness = new Readiness(preparation, this::offer);
  }

  /** Where the upgrade is; any thread. */
  public Optional<UpgradeStatus> status() {
    return Optional.ofNullable(status);
  }

  /** The state; any thread. */
  public UpgradeState state() {
    return state;
  }

  /**
   * Whether the pending plan waits for its preparation, so that it can be tried again; any thread.
   */
  public boolean waits() {
    return state.beforeHeight() && state != UpgradeState.READY;
  }

  /** Whether something is prepared or deployed for a plan, or being prepared; any thread. */
  public boolean hasPrepared(String name) {
    UpgradeStatus now = status;
    return preparation.staged(name)
        || (state == UpgradeState.PREPARING && now != null && now.plan().name().equals(name));
  }

  /** Whether a plan's block is being executed, so that what is prepared must stay; any thread. */
  public boolean executes(String name) {
    UpgradeStatus now = status;
    return executes() && now != null && now.plan().name().equals(name);
  }

  private boolean executes() {
    return state.atHeight() && state != UpgradeState.HELD;
  }

  /**
   * Brings a generation that an operator deployed, or an outcome of the preparation; any thread.
   */
  public void offer(Preparation.Outcome outcome) {
    mailbox.add(nowMs -> take(outcome, nowMs));
  }

  /** Drops what is ready or is being prepared for a plan; any thread. */
  public void cancelPrepared(String name) {
    mailbox.add(nowMs -> dropPrepared(name, nowMs));
  }

  /** The plan in the committed state, after each commit and once at the start; block thread. */
  public void committed(Optional<Plan> pending, long nowMs) {
    boolean known = record != null && pending.equals(Optional.of(record.plan));
    if (known && (state.beforeHeight() || state.atHeight())) {
      return;
    }
    abandon(pending, nowMs);
    pending.ifPresent(plan -> schedule(plan, nowMs));
  }

  /**
   * Takes what other threads brought and starts due retries; block thread. What an error of the
   * machine hits stays where it is, for the next call.
   */
  public int poll(long nowMs) {
    int work = files.poll(nowMs);
    Iterator<Order> orders = mailbox.iterator();
    while (orders.hasNext()) {
      if (done(orders, nowMs)) {
        work++;
      }
    }
    if (readiness.retryDue(nowMs)) {
      prepare();
      work++;
    }
    return work;
  }

  private static boolean done(Iterator<Order> orders, long nowMs) {
    boolean done;
    try {
      done = orders.next().done(nowMs);
    } catch (RuntimeException e) {
      orders.remove();
      throw e;
    }
    if (done) {
      orders.remove();
    }
    return done;
  }

  /** Prepares at once what is not ready; block thread. */
  public void retry() {
    if (waits() || (state == UpgradeState.HELD && ready() == null)) {
      readiness.hurry();
      prepare();
    }
  }

  /** The plan's block arrived; block thread. */
  public void due(long nowMs) {
    record().stamp("due", nowMs);
    hold = null;
    switch (state) {
      case READY -> {}
      case PREPARING -> record().progress("the sidecar runs");
      default -> {
        readiness.hurry();
        prepare();
      }
    }
    CrashPoint.DUE.reached();
  }

  /** The generation that is ready for the pending plan; null where none is. */
  public @Nullable Generation ready() {
    return readiness.ready(record());
  }

  /** Why the generation is not ready; null while it still may become so without help. */
  public @Nullable Hold missing() {
    return readiness.missing();
  }

  /**
   * Blocks wait, and why; block thread. The words {@code UPGRADE ... NEEDED} are those that tools
   * of operators act on by bringing bundles, so they are said only where bundles are missing.
   */
  public void held(Hold why) {
    Plan held = record().plan;
    boolean told = hold != null && hold.reason().bundlesMissing();
    hold = why;
    if (why.reason().bundlesMissing() && !told) {
      LOG.error("UPGRADE \"{}\" NEEDED at height: {}: {}", held.name(), held.height(), held.info());
    }
    LOG.error("Block {} is held ({}): {}", held.height(), why.reason(), why.message());
    LOG.error("Next: {}", why.nextStep());
    state(UpgradeState.HELD);
  }

  /** Store loads begin; block thread. */
  public void loading(List<StoreLoad> loads, String before, String digest) {
    hold = null;
    record().loading(loads, before, digest);
    state(UpgradeState.LOADING);
    CrashPoint.LOAD_STARTED.reached();
  }

  /** How far the loads are; block thread. */
  public void progress(String text) {
    if (record().progress(text)) {
      publish();
    }
  }

  /** Loads are done and the handler begins; block thread. */
  public void handling(long nowMs) {
    record().stamp("loaded", nowMs);
    record().progress("");
    state(UpgradeState.HANDLING);
    CrashPoint.LOADED.reached();
  }

  /** The handler is done; block thread. */
  public void handled(long nowMs) {
    record().stamp("handled", nowMs);
    state(UpgradeState.HANDLED);
    CrashPoint.HANDLED.reached();
  }

  /** The plan is recorded as done and the block's root is known; block thread. */
  public void sealed(long nowMs) {
    record().stamp("applied", nowMs);
    publish();
    CrashPoint.SEALED.reached();
  }

  /** The plan's block is committed and the new generation published; block thread. */
  public void applied(double pauseOfBlocksMs, String before, String after, long nowMs) {
    record().stamp("firstBlock", nowMs);
    record().applied(pauseOfBlocksMs, before, after);
    hold = null;
    readiness.applied(record().plan.name());
    state(UpgradeState.APPLIED);
  }

  /** The plan's block is executed and can't be committed, and why; block thread. */
  public void commitHeld(Hold why) {
    if (state == UpgradeState.HANDLED) {
      hold = why;
      publish();
    }
  }

  /**
   * The block in which the plan ended without its code is committed; block thread.
   *
   * @param reason why it ended so
   */
  public void ended(Plan plan, PlanOutcome outcome, String reason, long nowMs) {
    record().stamp("firstBlock", nowMs);
    record().progress(reason);
    hold = null;
    cleanUp(plan.name(), nowMs);
    state(outcome == PlanOutcome.SKIPPED ? UpgradeState.SKIPPED : UpgradeState.ABORTED);
  }

  /** Stops what runs in the background. */
  public void close() {
    readiness.stop();
  }

  private void schedule(Plan scheduled, long nowMs) {
    UpgradeRecord next = new UpgradeRecord(scheduled);
    record = next;
    hold = null;
    next.stamp("scheduled", nowMs);
    files.announce(Optional.of(scheduled), nowMs);
    state(UpgradeState.SCHEDULED);
    CrashPoint.SCHEDULED.reached();
    prepare();
  }

  private void prepare() {
    stateUnlessHeld(readiness.prepare(record()));
  }

  /** What comes for a plan whose block is being executed waits until that has failed. */
  private boolean take(Preparation.Outcome outcome, long nowMs) {
    if (outcome instanceof Preparation.Ready came) {
      String name = came.generation().name();
      if (executes(name)) {
        return false;
      }
      if (state == UpgradeState.APPLIED && record().plan.name().equals(name)) {
        preparation.release(came.generation());
        return true;
      }
    }
    boolean open = state.beforeHeight() || state == UpgradeState.HELD;
    readiness.take(outcome, open ? record : null, nowMs).ifPresent(this::stateUnlessHeld);
    return true;
  }

  private boolean dropPrepared(String name, long nowMs) {
    if (executes(name)) {
      LOG.warn("What is prepared for {} is not dropped: it executes by now", name);
      return true;
    }
    files.forget(name, nowMs);
    if (record != null
        && record.plan.name().equals(name)
        && (state.beforeHeight() || state == UpgradeState.HELD)) {
      readiness.drop(record).ifPresent(this::stateUnlessHeld);
    } else {
      readiness.drop(name);
    }
    return true;
  }

  /** Cleans up after a plan that is no longer in the state, as far as the next one has no use. */
  private void abandon(Optional<Plan> next, long nowMs) {
    UpgradeRecord old = record;
    if (old == null || !state.beforeHeight()) {
      return;
    }
    boolean moved =
        next.isPresent()
            && next.get().name().equals(old.plan.name())
            && next.get().info().equals(old.plan.info());
    if (moved) {
      readiness.stop();
    } else {
      cleanUp(old.plan.name(), nowMs);
    }
    state(UpgradeState.CANCELLED);
  }

  /** Removes all that was prepared for a plan. */
  private void cleanUp(String plan, long nowMs) {
    readiness.stop();
    readiness.drop(plan);
    files.forget(plan, nowMs);
    files.announce(Optional.empty(), nowMs);
  }

  /** A block that is held stays so, whatever becomes of the preparation, until the loop goes on. */
  private void stateUnlessHeld(UpgradeState next) {
    state(state == UpgradeState.HELD ? state : next);
  }

  private void state(UpgradeState next) {
    if (next != state) {
      LOG.info("Upgrade {}: {} -> {}", record == null ? "-" : record.plan.name(), state, next);
      state = next;
    }
    publish();
  }

  private void publish() {
    if (record != null) {
      status = record.status(state, hold == null ? readiness.missing() : hold);
    }
  }

  private UpgradeRecord record() {
    if (record == null) {
      throw new IllegalStateException("no plan was seen");
    }
    return record;
  }
}
