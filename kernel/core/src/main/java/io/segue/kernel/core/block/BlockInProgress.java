package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.IndexChange;
import io.segue.kernel.api.store.StateStore.Staged;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanOutcome;
import io.segue.kernel.core.upgrade.StoreLoads;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the block loop holds of the block it works on. Nothing of it is visible to anybody else. */
final class BlockInProgress {
  private static final Logger LOG = LoggerFactory.getLogger(BlockInProgress.class);

  final FinalizeBlockRequest request;
  final CompletableFuture<FinalizeBlockResponse> answer;

  /** The generation that executes the block. */
  Generation generation;

  /** The plan that is due in this block; null in an ordinary block. */
  @Nullable Plan plan;

  /** How the plan ends in this block; null while that is open, and in an ordinary block. */
  @Nullable PlanOutcome outcome;

  /** Why the plan ends without its code. */
  String reason = "";

  /** The generation that failed for this block; it is not tried again. */
  @Nullable Generation failed;

  /** Events of the plan that ends in this block; empty where none does. */
  List<Event> upgradeEvents = List.of();

  /** From the last commit to this one, less the usual gap; NaN before the commit. */
  double pauseMs = Double.NaN;

  @Nullable UpgradeHandler handler;
  @Nullable StoreLoads loads;
  @Nullable StateView view;
  @Nullable Branch branch;
  @Nullable FinalizeBlockResponse response;
  @Nullable Staged staged;

  BlockInProgress(
      FinalizeBlockRequest request,
      CompletableFuture<FinalizeBlockResponse> answer,
      Generation generation) {
    this.request = request;
    this.answer = answer;
    this.generation = generation;
  }

  /** Whether this block brings the plan's code. */
  boolean applies() {
    return outcome == PlanOutcome.APPLIED;
  }

  Plan requirePlan() {
    return Objects.requireNonNull(plan);
  }

  /** Changes of the index that the loads made. */
  List<IndexChange> index() {
    return loads == null ? List.of() : loads.index();
  }

  Branch branch() {
    return Objects.requireNonNull(branch);
  }

  FinalizeBlockResponse response() {
    return Objects.requireNonNull(response);
  }

  /** Lets go of a block that is committed. */
  void close() {
    StateView open = view;
    view = null;
    if (open != null) {
      quietly(open::close);
    }
  }

  /**
   * Forgets everything computed so far and not committed; the request and its answer stay. It never
   * fails: what can't be let go of is logged, and the next start removes it.
   */
  void reset(StateStore store) {
    close();
    StoreLoads ran = loads;
    loads = null;
    if (ran != null) {
      quietly(ran::close);
      if (staged == null && !ran.index().isEmpty()) {
        // What the loads completed belongs to nobody; a staging takes it along when it is dropped.
        quietly(() -> staged = store.stage(ran.index(), new TreeMap<>()));
      }
    }
    Staged dropped = staged;
    staged = null;
    if (dropped != null) {
      quietly(() -> store.drop(dropped));
    }
    branch = null;
    handler = null;
    upgradeEvents = List.of();
    response = null;
    outcome = null;
    reason = "";
  }

  private static void quietly(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      LOG.warn("What a block computed can't be dropped now; the next start removes it", e);
    }
  }
}
