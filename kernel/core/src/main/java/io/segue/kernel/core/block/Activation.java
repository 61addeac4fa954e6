package io.segue.kernel.core.block;

import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanOutcome;
import io.segue.kernel.core.upgrade.LoadProgress;
import io.segue.kernel.core.upgrade.StoreLoadException;
import io.segue.kernel.core.upgrade.StoreLoads;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the block of a plan does before its transactions run: the two calls of the new generation's
 * handler with the store loads between them, or the record that the plan ended without its code.
 * Each step says which state of the block loop follows. Block thread.
 */
final class Activation {
  /** How long store loads run between two looks at the commands. */
  static final long LOAD_BUDGET_NS = 50_000_000;

  /** Pause between two progress lines in the log. */
  private static final long PROGRESS_NS = 2_000_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

  private final StateStore store;
  private final ChainOperations chain;
  private final UpgradeLife life;
  private long progressLoggedNs;

  Activation(StateStore store, ChainOperations chain, UpgradeLife life) {
    this.store = store;
    this.chain = chain;
    this.life = life;
  }

  /** Asks the handler of a generation which stores to load. */
  BlockState prepare(BlockInProgress work, Generation next) throws StepFailedException {
    Plan plan = work.requirePlan();
    work.generation = next;
    work.failed = null;
    try {
      UpgradeHandler handler = newHandler(next);
      work.handler = handler;
      work.loads =
          new StoreLoads(
              store,
              chain.prepare(plan, next, handler, work.request),
              next.digest() + " " + work.request.time());
      life.loading(work.loads.loads(), chain.current().digest(), next.digest());
      return BlockState.LOADING;
    } catch (StoreLoadException e) {
      throw new StepFailedException(HoldReason.LOADER, "a store load was refused", e);
    } catch (GenerationException | RuntimeException | Error e) {
      throw new StepFailedException(
          HoldReason.HANDLER, "the handler of " + plan.name() + " failed in prepare", e);
    }
  }

  private UpgradeHandler newHandler(Generation next) throws GenerationException {
    try (Steps.Step step =
        chain.steps().begin(Steps.Kind.UPGRADE, "constructor of the handler", "", "")) {
      return next.newHandler();
    }
  }

  /** Goes on with the loads for a while. */
  BlockState load(BlockInProgress work, long nowNs) throws StepFailedException {
    StoreLoads loads = Objects.requireNonNull(work.loads);
    try (Steps.Step step =
        chain.steps().begin(Steps.Kind.UPGRADE, "store load", "", loads.running())) {
      boolean done = loads.step(LOAD_BUDGET_NS);
      LoadProgress progress = loads.progress();
      if (progress != null) {
        life.progress(progress.toString());
        if (nowNs - progressLoggedNs >= PROGRESS_NS) {
          progressLoggedNs = nowNs;
          LOG.info("{}", progress);
        }
      }
      return done ? BlockState.HANDLING : BlockState.LOADING;
    } catch (RuntimeException | Error e) {
      throw new StepFailedException(HoldReason.LOADER, "a store load failed", e);
    }
  }

  /** Lets the handler work on a branch of the loaded state, which the block goes on with. */
  BlockState handle(BlockInProgress work, long nowNs) throws StepFailedException {
    Plan plan = work.requirePlan();
    life.handling(nowNs / 1_000_000);
    try {
      work.view = store.view(work.index());
      Branch branch = new Branch(work.view);
      work.branch = branch;
      work.upgradeEvents =
          chain.handle(
              plan, work.generation, Objects.requireNonNull(work.handler), branch, work.request);
      work.outcome = PlanOutcome.APPLIED;
      life.handled(nowNs / 1_000_000);
      return BlockState.EXECUTE;
    } catch (RuntimeException | Error e) {
      throw new StepFailedException(
          HoldReason.HANDLER, "the handler of " + plan.name() + " failed", e);
    }
  }

  /**
   * Ends the plan without its code: nothing of the upgrade is kept, and the block goes on with the
   * old generation and the stores as they were.
   *
   * @param reason why, the same on every node
   */
  BlockState end(BlockInProgress work, Plan plan, PlanOutcome outcome, String reason) {
    work.reset(store);
    work.plan = plan;
    work.generation = chain.current();
    work.view = store.view(store.height());
    work.branch = new Branch(work.view);
    work.upgradeEvents = chain.end(plan, outcome, reason, work.branch(), work.request);
    work.outcome = outcome;
    work.reason = reason;
    return BlockState.EXECUTE;
  }
}
