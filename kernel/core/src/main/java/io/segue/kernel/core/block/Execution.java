package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.core.crash.CrashPoint;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every block does once it is clear which code runs it: it executes, is sealed by its root,
 * committed, and published. Each step says which state of the block loop follows. Block thread.
 */
final class Execution {
  private final StateStore store;
  private final ChainOperations chain;
  private final UpgradeLife life;
  private final Runnable published;
  private final CommitClock clock = new CommitClock();

  /**
   * The steps.
   *
   * @param published makes the state and the code of the last commit visible to others
   */
  Execution(StateStore store, ChainOperations chain, UpgradeLife life, Runnable published) {
    this.store = store;
    this.chain = chain;
    this.life = life;
    this.published = published;
  }

  /** Runs the block on the work's branch. */
  BlockState execute(BlockInProgress work) throws StepFailedException {
    Optional<String> change = work.generation.fingerprint().change();
    if (change.isPresent()) {
      throw failed(
          HoldReason.MODULE_STATE,
          work,
          "executed",
          new IllegalStateException("a module keeps state outside of the store: " + change.get()));
    }
    try {
      work.response =
          chain.execute(work.generation, work.upgradeEvents, work.branch(), work.request);
      if (work.applies()) {
        CrashPoint.EXECUTED.reached();
      }
      return BlockState.SEAL;
    } catch (RuntimeException | Error e) {
      throw failed(work, "executed", e);
    }
  }

  /** Computes the root. */
  BlockState seal(BlockInProgress work, long nowNs) throws StepFailedException {
    try (Steps.Step step = chain.steps().begin(Steps.Kind.KERNEL, "root of the block", "", "")) {
      work.staged = store.stage(work.index(), work.branch().changes());
    } catch (RuntimeException | Error e) {
      throw failed(work, "sealed", e);
    }
    FinalizeBlockResponse r = work.response();
    work.response =
        new FinalizeBlockResponse(
            r.events(),
            r.txResults(),
            r.validatorUpdates(),
            r.consensusParamUpdates(),
            work.staged.appHash());
    if (work.applies()) {
      life.sealed(nowNs / 1_000_000);
    }
    return BlockState.SEALED;
  }

  /**
   * Writes everything in one synced step. What can't be written stays sealed, so that the same can
   * be written again: whoever waits for the commit hears nothing until it is durable.
   *
   * @return why it was not written; null where it was
   */
  @Nullable Hold commit(BlockInProgress work) {
    if (work.applies()) {
      CrashPoint.COMMITTING.reached();
    }
    long height = work.request.height();
    try (Steps.Step step = chain.steps().begin(Steps.Kind.KERNEL, "commit", "", "")) {
      chain.commit(Objects.requireNonNull(work.staged), work.request, work.response());
    } catch (RuntimeException | Error e) {
      return Hold.of(
          e,
          HoldReason.COMMIT,
          "block " + height + " is executed and can't be written, and nothing of it is visible");
    }
    if (work.applies()) {
      CrashPoint.COMMITTED.reached();
    }
    return null;
  }

  /**
   * Makes the new state, and the new generation, the current ones. Where it fails it is called
   * again: every part of it may be done twice.
   */
  void publish(BlockInProgress work, long nowNs) {
    long height = work.request.height();
    if (Double.isNaN(work.pauseMs)) {
      work.pauseMs = clock.commit(nowNs);
    }
    chain.publish(work.generation, height);
    published.run();
    if (work.applies()) {
      life.applied(
          work.pauseMs, chain.appHash(height - 1), chain.appHash(height), nowNs / 1_000_000);
      CrashPoint.PUBLISHED.reached();
    } else if (work.outcome != null) {
      life.ended(work.requirePlan(), work.outcome, work.reason, nowNs / 1_000_000);
    }
    work.close();
    life.committed(chain.pendingPlan(), nowNs / 1_000_000);
  }

  private static StepFailedException failed(BlockInProgress work, String what, Throwable failure) {
    return failed(work.applies() ? HoldReason.MODULES : HoldReason.EXECUTION, work, what, failure);
  }

  private static StepFailedException failed(
      HoldReason reason, BlockInProgress work, String what, Throwable failure) {
    return new StepFailedException(
        reason, "block " + work.request.height() + " can't be " + what, failure);
  }
}
