package io.segue.kernel.core.block;

import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.exec.Branch;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.upgrade.StoreLoads;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a new generation does in the block of its plan before the block's transactions run: its
 * handler's two calls, and the store loads between them. The order is the block loop's. Block
 * thread.
 */
final class Activation {
  /** How long store loads run between two looks at the commands. */
  static final long LOAD_BUDGET_NS = 50_000_000;

  /** Pause between two progress lines in the log. */
  private static final long PROGRESS_NS = 2_000_000_000;

  private static final Logger LOG = LoggerFactory.getLogger(Activation.class);

  private final StateStore store;
  private final Chain chain;
  private final UpgradeLife life;
  private long progressLoggedNs;

  Activation(StateStore store, Chain chain, UpgradeLife life) {
    this.store = store;
    this.chain = chain;
    this.life = life;
  }

  /** A step that failed: what, and why. The block is held. */
  static final class FailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final HoldReason reason;

    FailedException(HoldReason reason, String what, Throwable cause) {
      super(what, cause);
      this.reason = reason;
    }

    /** The reason, where the cause tells no better one. */
    HoldReason reason() {
      return reason;
    }
  }

  /** Asks the handler which stores to load. */
  void prepare(Work work, Plan plan) throws FailedException {
    try {
      UpgradeHandler handler = work.generation.newHandler();
      work.handler = handler;
      work.loads =
          new StoreLoads(store, chain.prepare(plan, work.generation, handler, work.request));
      life.loading(work.loads.loads(), chain.current().digest(), work.generation.digest());
    } catch (GenerationException | RuntimeException | Error e) {
      throw new FailedException(
          HoldReason.HANDLER, "the handler of " + plan.name() + " failed in prepare", e);
    }
  }

  /** Goes on with the loads for a while; true when they are done. */
  boolean load(Work work, long nowNs) throws FailedException {
    StoreLoads loads = Objects.requireNonNull(work.loads);
    try {
      boolean done = loads.step(LOAD_BUDGET_NS);
      StoreLoads.Progress progress = loads.progress();
      if (progress != null) {
        life.progress(progress.toString());
        if (nowNs - progressLoggedNs >= PROGRESS_NS) {
          progressLoggedNs = nowNs;
          LOG.info("{}", progress);
        }
      }
      return done;
    } catch (RuntimeException | Error e) {
      throw new FailedException(HoldReason.LOADER, "a store load failed", e);
    }
  }

  /** Lets the handler work on a branch of the loaded state, which the block goes on with. */
  void handle(Work work, Plan plan, long nowNs) throws FailedException {
    life.handling(nowNs / 1_000_000);
    try {
      work.view = store.view(work.index());
      Branch branch = new Branch(work.view);
      work.branch = branch;
      Generation next = work.generation;
      work.upgradeEvents =
          chain.handle(plan, next, Objects.requireNonNull(work.handler), branch, work.request);
    } catch (RuntimeException | Error e) {
      throw new FailedException(
          e instanceof UpgradeAborted ? HoldReason.ABORTED : HoldReason.HANDLER,
          "the handler of " + plan.name() + " failed",
          e);
    }
  }
}
