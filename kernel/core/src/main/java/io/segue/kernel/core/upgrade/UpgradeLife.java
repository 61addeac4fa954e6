package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.Node.UpgradeStatus;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.plan.PlanInfos;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one upgrade at a time, as one explicit state machine: scheduled, prepared beside the
 * running code, due, loaded, handled, applied. It decides nothing about blocks; the block loop asks
 * it whether the next generation is ready and tells it what happens at the height.
 *
 * <p>Thread safety: the block thread owns it. Other threads only call {@link #offer} and {@link
 * #status}; what they bring waits in a mailbox until {@link #poll}.
 */
public final class UpgradeLife {
  /** First pause before a failed preparation is tried again; it doubles up to the longest. */
  static final long FIRST_RETRY_MS = 1_000;

  /** Longest pause between two tries. */
  static final long LONGEST_RETRY_MS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(UpgradeLife.class);

  private final Preparation preparation;
  private final UpgradeInfoFile infoFile;
  private final ConcurrentLinkedQueue<Preparation.Outcome> mailbox = new ConcurrentLinkedQueue<>();
  private final Map<String, Preparation.Ready> offered = new LinkedHashMap<>();
  private final Map<String, Long> timelineMs = new LinkedHashMap<>();

  private UpgradeState state = UpgradeState.NONE;
  private @Nullable Plan plan;
  private @Nullable PlanInfo info;
  private @Nullable Generation ready;
  private String missing = "";
  private String progress = "";
  private List<String> loads = List.of();
  private long retryAtMs = Long.MAX_VALUE;
  private long retryPauseMs = FIRST_RETRY_MS;
  private double pauseMs = -1;
  private String rootBefore = "";
  private String rootAfter = "";
  private String generationBefore = "";
  private String generationAfter = "";
  private volatile @Nullable UpgradeStatus status;

  /** Nothing is done before the first {@link #committed}. */
  public UpgradeLife(Preparation preparation, UpgradeInfoFile infoFile) {
    this.preparation = preparation;
    this.infoFile = infoFile;
  }

  /** Where the upgrade is; any thread. */
  public Optional<UpgradeStatus> status() {
    return Optional.ofNullable(status);
  }

  /** The state; block thread. */
  public UpgradeState state() {
    return state;
  }

  /**
   * Brings a generation that an operator deployed, or an outcome of the preparation; any thread.
   */
  public void offer(Preparation.Outcome outcome) {
    mailbox.add(outcome);
  }

  /** The plan in the committed state, after each commit and once at the start; block thread. */
  public void committed(Optional<Plan> pending, long nowMs) {
    if (pending.isPresent()) {
      if (!pending.get().equals(plan) || !(state.beforeHeight() || state.atHeight())) {
        abandon(nowMs);
        schedule(pending.get(), nowMs);
      }
    } else {
      abandon(nowMs);
    }
  }

  /** Takes what other threads brought and starts due retries; block thread. */
  public int poll(long nowMs) {
    int work = 0;
    for (Preparation.Outcome o = mailbox.poll(); o != null; o = mailbox.poll()) {
      take(o, nowMs);
      work++;
    }
    if (nowMs >= retryAtMs) {
      prepare(nowMs);
      work++;
    }
    return work;
  }

  /** The plan's block arrived; block thread. */
  public void due(long nowMs) {
    stamp("due", nowMs);
    switch (state) {
      case READY -> {}
      case PREPARING -> progress = "the sidecar runs";
      default -> {
        retryPauseMs = FIRST_RETRY_MS;
        prepare(nowMs);
      }
    }
    CrashPoint.DUE.reached();
  }

  /** The generation that stands ready for the pending plan; null where none does. */
  public @Nullable Generation ready() {
    return ready;
  }

  /** Why the generation is not ready; empty while it still may become so without help. */
  public String missing() {
    return missing;
  }

  /** Blocks wait, and why; block thread. */
  public void held(String reason, long nowMs) {
    Plan held = requirePlan();
    missing = reason;
    if (state != UpgradeState.HELD) {
      LOG.error("UPGRADE \"{}\" NEEDED at height: {}: {}", held.name(), held.height(), held.info());
    }
    LOG.error("Block {} is held: {}", held.height(), reason);
    state(UpgradeState.HELD, nowMs);
  }

  /** Store loads begin; block thread. */
  public void loading(List<StoreLoad> storeLoads, String before, String digest, long nowMs) {
    missing = "";
    loads = storeLoads.stream().map(UpgradeLife::describe).toList();
    generationBefore = before;
    generationAfter = digest;
    state(UpgradeState.LOADING, nowMs);
    CrashPoint.LOAD_STARTED.reached();
  }

  /** How far the loads are; block thread. */
  public void progress(String text) {
    if (!text.equals(progress)) {
      progress = text;
      publish();
    }
  }

  /** Loads are done and the handler begins; block thread. */
  public void handling(long nowMs) {
    stamp("loaded", nowMs);
    progress = "";
    state(UpgradeState.HANDLING, nowMs);
    CrashPoint.LOADED.reached();
  }

  /** The handler is done; block thread. */
  public void handled(long nowMs) {
    stamp("handled", nowMs);
    state(UpgradeState.HANDLED, nowMs);
    CrashPoint.HANDLED.reached();
  }

  /** The plan is recorded as done and the block's root is known; block thread. */
  public void sealed(long nowMs) {
    stamp("applied", nowMs);
    publish();
    CrashPoint.SEALED.reached();
  }

  /** The plan's block is committed and the new generation published; block thread. */
  public void applied(double pauseOfBlocksMs, String before, String after, long nowMs) {
    stamp("firstBlock", nowMs);
    pauseMs = pauseOfBlocksMs;
    rootBefore = before;
    rootAfter = after;
    ready = null;
    offered.remove(requirePlan().name());
    state(UpgradeState.APPLIED, nowMs);
  }

  /** Stops what runs in the background. */
  public void close() {
    preparation.cancel();
  }

  private void schedule(Plan scheduled, long nowMs) {
    plan = scheduled;
    info = PlanInfos.parse(scheduled.info());
    ready = null;
    missing = "";
    progress = "";
    loads = List.of();
    pauseMs = -1;
    rootBefore = "";
    rootAfter = "";
    generationBefore = "";
    generationAfter = "";
    retryPauseMs = FIRST_RETRY_MS;
    timelineMs.clear();
    stamp("scheduled", nowMs);
    try {
      infoFile.write(scheduled);
    } catch (IOException e) {
      LOG.warn("upgrade-info.json could not be written; only external watchers miss it", e);
    }
    state(UpgradeState.SCHEDULED, nowMs);
    CrashPoint.SCHEDULED.reached();
    prepare(nowMs);
  }

  private void prepare(long nowMs) {
    retryAtMs = Long.MAX_VALUE;
    Plan wanted = requirePlan();
    Preparation.Ready byHand = offered.get(wanted.name());
    if (byHand != null && byHand.fits(requireInfo())) {
      if (preparation.upToDate(byHand.generation())) {
        take(byHand, nowMs);
      } else {
        offered.remove(wanted.name());
        preparing(nowMs);
        preparation.restage(wanted, byHand, this::offer);
      }
      return;
    }
    if (requireInfo().kind() == PlanInfo.Kind.NOT_BOUND) {
      notReady(
          "the plan names no artifact (not bound); deploy its bundles with upgrade:deploy <file or"
              + " url>",
          nowMs);
      return;
    }
    preparing(nowMs);
    preparation.start(wanted, requireInfo(), this::offer);
  }

  private void preparing(long nowMs) {
    missing = "";
    stateUnlessHeld(UpgradeState.PREPARING, nowMs);
  }

  private void take(Preparation.Outcome outcome, long nowMs) {
    if (outcome instanceof Preparation.Ready came) {
      boolean wanted =
          plan != null
              && (state.beforeHeight() || state == UpgradeState.HELD)
              && plan.name().equals(came.generation().name())
              && came.fits(requireInfo());
      if (!wanted && !came.deployed()) {
        // It was prepared for a plan that has been cancelled or replaced meanwhile.
        preparation.release(came.generation());
        return;
      }
      Preparation.Ready before = offered.put(came.generation().name(), came);
      if (before != null && before.generation() != came.generation()) {
        preparation.release(before.generation());
      }
      if (wanted) {
        ready = came.generation();
        missing = "";
        retryAtMs = Long.MAX_VALUE;
        stamp("fetched", sinceScheduled(came.fetchedMs()));
        stamp("ready", sinceScheduled(came.readyMs()));
        generationAfter = came.generation().digest();
        stateUnlessHeld(UpgradeState.READY, nowMs);
      }
    } else if (outcome instanceof Preparation.Failed failed && failed.plan().equals(plan)) {
      if (state == UpgradeState.PREPARING || (state == UpgradeState.HELD && ready == null)) {
        notReady(failed.reason(), nowMs);
        if (failed.retry()) {
          retryAtMs = nowMs + retryPauseMs;
          retryPauseMs = Math.min(2 * retryPauseMs, LONGEST_RETRY_MS);
        }
      }
    }
  }

  private void notReady(String reason, long nowMs) {
    missing = reason;
    LOG.warn("Upgrade {} is not ready: {}", requirePlan().name(), reason);
    stateUnlessHeld(UpgradeState.NOT_READY, nowMs);
  }

  /** Cleans up after a plan that is no longer in the state. */
  private void abandon(long nowMs) {
    Plan old = plan;
    if (old == null || !state.beforeHeight()) {
      return;
    }
    preparation.cancel();
    retryAtMs = Long.MAX_VALUE;
    Preparation.Ready prepared = offered.remove(old.name());
    if (prepared != null) {
      preparation.release(prepared.generation());
    }
    ready = null;
    try {
      infoFile.remove();
    } catch (IOException e) {
      LOG.warn("upgrade-info.json could not be removed; remove it by hand", e);
    }
    missing = "";
    state(UpgradeState.CANCELLED, nowMs);
  }

  /** A block that is held stays so, whatever becomes of the preparation, until the loop goes on. */
  private void stateUnlessHeld(UpgradeState next, long nowMs) {
    state(state == UpgradeState.HELD ? state : next, nowMs);
  }

  private void state(UpgradeState next, long nowMs) {
    if (next != state) {
      LOG.info("Upgrade {}: {} -> {}", plan == null ? "-" : plan.name(), state, next);
      state = next;
    }
    publish();
  }

  private void stamp(String event, long ms) {
    timelineMs.putIfAbsent(event, ms);
  }

  /** What was deployed ahead of its plan was there when the plan came. */
  private long sinceScheduled(long ms) {
    return Math.max(ms, timelineMs.getOrDefault("scheduled", ms));
  }

  private void publish() {
    Plan current = plan;
    if (current != null) {
      status =
          new UpgradeStatus(
              current,
              state.name(),
              requireInfo().kind() != PlanInfo.Kind.NOT_BOUND,
              missing,
              new LinkedHashMap<>(timelineMs),
              progress,
              pauseMs,
              rootBefore,
              rootAfter,
              generationBefore,
              generationAfter,
              loads);
    }
  }

  private Plan requirePlan() {
    if (plan == null) {
      throw new IllegalStateException("no plan was seen");
    }
    return plan;
  }

  private PlanInfo requireInfo() {
    if (info == null) {
      throw new IllegalStateException("no plan was seen");
    }
    return info;
  }

  private static String describe(StoreLoad load) {
    String what = load.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    return load instanceof StoreLoad.Rename rename
        ? what + " " + rename.store() + " to " + rename.newName()
        : what + " " + load.store();
  }
}
