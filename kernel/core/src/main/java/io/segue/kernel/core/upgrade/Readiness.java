package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.UpgradeState;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the generation of the pending plan is ready, and what is done to make it so: it is taken
 * from what an operator deployed, or prepared, and what may pass is tried again with growing
 * pauses. Each step says in which state the upgrade is then, for as long as its height has not
 * come.
 *
 * <p>Thread safety: block thread.
 */
final class Readiness {
  /** First pause before a failed preparation is tried again; it doubles up to the longest. */
  static final long FIRST_RETRY_MS = 1_000;

  /** Longest pause between two tries. */
  static final long LONGEST_RETRY_MS = 60_000;

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final Preparation preparation;
  private final Consumer<Preparation.Outcome> mailbox;
  private final ReadyGenerations offers;

  private @Nullable Hold missing;
  private boolean preparing;
  private long retryAtMs = Long.MAX_VALUE;
  private long retryPauseMs = FIRST_RETRY_MS;

  /**
   * Nothing is ready and nothing is prepared.
   *
   * @param mailbox takes what the preparation brings; called by its thread
   */
  Readiness(Preparation preparation, Consumer<Preparation.Outcome> mailbox) {
    this.preparation = preparation;
    this.mailbox = mailbox;
    this.offers = new ReadyGenerations(preparation);
  }

  /** The generation that is ready for a plan that waits or executes; null where none is. */
  @Nullable Generation ready(UpgradeRecord upgrade) {
    return offers
        .fitting(upgrade.plan.name(), upgrade.info)
        .map(Preparation.Ready::generation)
        .orElse(null);
  }

  /** Why none is; null while one still may come without help. */
  @Nullable Hold missing() {
    return missing;
  }

  /** Whether it is time to try again. */
  boolean retryDue(long nowMs) {
    return nowMs >= retryAtMs;
  }

  /** The pause before the next retry is a short one again. */
  void hurry() {
    retryPauseMs = FIRST_RETRY_MS;
  }

  /** Takes what is there for a plan, or begins to prepare it. */
  UpgradeState prepare(UpgradeRecord upgrade) {
    Plan wanted = upgrade.plan;
    retryAtMs = Long.MAX_VALUE;
    Optional<Preparation.Ready> offered = offers.fitting(wanted.name(), upgrade.info);
    if (offered.isPresent() && preparation.upToDate(offered.get().generation())) {
      return takeReady(offered.get(), upgrade);
    }
    if (offered.isEmpty() && !upgrade.bound() && !preparation.deployed(wanted)) {
      return notReady(
          wanted, new Hold(HoldReason.MISSING, "the plan names no artifact (not bound)"));
    }
    missing = null;
    preparing = true;
    if (offered.isPresent()) {
      offers.remove(wanted.name());
      preparation.restage(wanted, offered.get(), mailbox);
    } else {
      preparation.start(wanted, upgrade.info, mailbox);
    }
    return UpgradeState.PREPARING;
  }

  /**
   * Takes what the preparation or an operator brought.
   *
   * @param upgrade the pending one; null where none is, or it executes by now
   * @return the state of the pending upgrade; empty where this is not about it
   */
  Optional<UpgradeState> take(
      Preparation.Outcome outcome, @Nullable UpgradeRecord upgrade, long nowMs) {
    if (outcome instanceof Preparation.Underway underway) {
      if (upgrade != null && awaited(underway.plan(), upgrade)) {
        upgrade.progress(underway.progress());
        return Optional.of(UpgradeState.PREPARING);
      }
      return Optional.empty();
    }
    if (outcome instanceof Preparation.Failed failed) {
      if (upgrade == null || !awaited(failed.plan(), upgrade)) {
        return Optional.empty();
      }
      upgrade.progress("");
      return Optional.of(failed(failed, nowMs));
    }
    Preparation.Ready came = (Preparation.Ready) outcome;
    if (upgrade != null && upgrade.plan.name().equals(came.generation().name())) {
      if (came.fits(upgrade.info)) {
        offers.put(came);
        return Optional.of(takeReady(came, upgrade));
      }
    } else if (came.deployed()) {
      offers.put(came);
      return Optional.empty();
    }
    // Meanwhile its plan was cancelled or replaced, or is bound to other bytes.
    preparation.release(came.generation());
    return Optional.empty();
  }

  /**
   * Drops what is ready or is being prepared for the pending plan.
   *
   * @return empty where there was nothing
   */
  Optional<UpgradeState> drop(UpgradeRecord upgrade) {
    boolean dropped = offers.drop(upgrade.plan.name());
    if (!dropped && !preparing) {
      return Optional.empty();
    }
    stop();
    upgrade.dropped();
    return Optional.of(
        notReady(
            upgrade.plan, new Hold(HoldReason.MISSING, "the operator dropped what was prepared")));
  }

  /** Drops what is ready for a plan. */
  void drop(String plan) {
    offers.drop(plan);
  }

  /** The plan's generation runs: others hold it by now. */
  void applied(String plan) {
    offers.remove(plan);
    stop();
  }

  /** Ends what runs in the background; what is ready stays so, for a plan that may come. */
  void stop() {
    preparation.cancel();
    preparing = false;
    missing = null;
    retryAtMs = Long.MAX_VALUE;
    retryPauseMs = FIRST_RETRY_MS;
  }

  /** Whether something is being prepared for this plan. */
  private boolean awaited(Plan plan, UpgradeRecord upgrade) {
    return preparing && plan.equals(upgrade.plan);
  }

  private UpgradeState takeReady(Preparation.Ready came, UpgradeRecord upgrade) {
    missing = null;
    preparing = false;
    retryAtMs = Long.MAX_VALUE;
    upgrade.progress("");
    upgrade.ready(came);
    return UpgradeState.READY;
  }

  private UpgradeState failed(Preparation.Failed failed, long nowMs) {
    preparing = false;
    if (failed.retry()) {
      retryAtMs = nowMs + retryPauseMs;
      retryPauseMs = Math.min(2 * retryPauseMs, LONGEST_RETRY_MS);
    }
    return notReady(failed.plan(), failed.hold());
  }

  private UpgradeState notReady(Plan plan, Hold why) {
    missing = why;
    LOG.warn(
        "Upgrade {} is not ready ({}): {}. Next: {}",
        plan.name(),
        why.reason(),
        why.message(),
        why.nextStep());
    return UpgradeState.NOT_READY;
  }
}
