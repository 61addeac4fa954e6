package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.hold.Hold;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.PlanOutcome;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one agent that runs the chain: it executes blocks, applies the upgrade that is due, and
 * commits. The life of a block is its states, top to bottom of {@link BlockState}:
 *
 * <ol>
 *   <li>{@code PLAN}: the pending plan is read, before anything else of the block. Not due: on to
 *       {@code EXECUTE} with the current generation.
 *   <li>{@code DUE}, {@code HELD}: wait until the plan's generation is ready. Nothing of the block
 *       is kept while waiting; queries and CheckTx go on with the old generation.
 *   <li>{@code LOADING}, {@code HANDLING}: the store loads in bounded steps, then the handler.
 *   <li>{@code EXECUTE}, {@code SEAL}, {@code SEALED}: the block runs on a branch of the state, its
 *       root is computed, the engine gets its answer. Nothing is visible yet; the engine may ask
 *       for the block again.
 *   <li>{@code COMMIT}, {@code PUBLISH}: one synced write, then the new state and the new
 *       generation become the current ones.
 * </ol>
 *
 * <p>A plan that the operator's settings skip, or whose handler refuses the state on a chain that
 * allows that, ends with a record in the state, and the block goes on with the old generation.
 *
 * <p>Until the block has its answer the operator's settings come first, in every state: halt, then
 * skip.
 *
 * <p>Whatever else goes wrong between {@code PLAN} and {@code SEAL}, errors of the machine
 * included, holds the block: what was computed is dropped, and a generation that is deployed next
 * is tried at once. A commit that fails is held too, with the sealed block kept, until it can be
 * written, and so is what follows it, until the block is visible. {@link Holds} says when the same
 * is tried again.
 *
 * <p>Thread safety: {@link #doWork} is called by one thread, the block thread. The methods that
 * engines call only put a command into a queue and wake that thread.
 */
public final class BlockLoop {
  private static final Logger LOG = LoggerFactory.getLogger(BlockLoop.class);

  private final StateStore store;
  private final ChainOperations chain;
  private final UpgradeLife life;
  private final Supplier<HeightSettings> settings;
  private final Runnable published;
  private final Activation activation;
  private final Execution execution;
  private final Runnable wake;
  private final Commands commands;
  private final Holds holds = new Holds();
  private final ChainStart start;

  private volatile BlockState state = BlockState.IDLE;
  private volatile @Nullable Hold beside;
  private long besideAgainNs = Long.MIN_VALUE;
  private @Nullable BlockInProgress work;
  private @Nullable CompletableFuture<CommitResponse> commitAnswer;

  /** Engines that wait until the committed block is visible. */
  private final List<Command.Connect> connecting = new ArrayList<>();

  /**
   * An idle loop.
   *
   * @param settings what counts now
   * @param published makes the state and the code of the last commit visible to others
   * @param wake wakes the block thread; called by any thread
   */
  public BlockLoop(
      StateStore store,
      ChainOperations chain,
      UpgradeLife life,
      Supplier<HeightSettings> settings,
      Runnable published,
      Runnable wake) {
    this.store = store;
    this.chain = chain;
    this.life = life;
    this.settings = settings;
    this.published = published;
    this.activation = new Activation(store, chain, life);
    this.execution = new Execution(store, chain, life, published);
    this.wake = wake;
    this.commands = new Commands(wake);
    this.start = new ChainStart(chain, this::started);
  }

  /** What the loop is doing; any thread. */
  public BlockState state() {
    return state;
  }

  /**
   * Why the block is held, or the chain's start, or what is done beside blocks; empty where nothing
   * is; any thread.
   */
  public Optional<Hold> hold() {
    if (state == BlockState.HELD) {
      return holds.current();
    }
    return start.held() ? start.why() : Optional.ofNullable(beside);
  }

  /** Why the chain could not be started; empty where it was, or was not yet; any thread. */
  public Optional<Hold> refusedGenesis() {
    return start.why();
  }

  /** See {@link io.segue.kernel.api.abci.Application#initChain}; any thread. */
  public CompletionStage<InitChainResponse> initChain(InitChainRequest request) {
    return commands.submit(new Command.Init(request, new CompletableFuture<>()));
  }

  /** See {@link io.segue.kernel.api.abci.Application#finalizeBlock}; any thread. */
  public CompletionStage<FinalizeBlockResponse> finalizeBlock(FinalizeBlockRequest request) {
    return commands.submit(new Command.Finalize(request, new CompletableFuture<>()));
  }

  /** See {@link io.segue.kernel.api.abci.Application#commit}; any thread. */
  public CompletionStage<CommitResponse> commit() {
    return commands.submit(new Command.Commit(new CompletableFuture<>()));
  }

  /**
   * Gives the chain a state in one piece, and makes it visible; any thread. The stage completes
   * exceptionally with what the restoration throws.
   */
  public CompletionStage<Boolean> restore(Restoration restoration) {
    return commands.submit(new Command.Restore(restoration, new CompletableFuture<>()));
  }

  /** Has the block thread look at what other threads brought; any thread. */
  public void wake() {
    wake.run();
  }

  /** Tries again what waits: a held block, and the preparation of the pending plan; any thread. */
  public CompletionStage<Boolean> retry() {
    return commands.submit(new Command.Retry(new CompletableFuture<>()));
  }

  /** See {@link io.segue.kernel.api.abci.Application#connect}; any thread. */
  public CompletionStage<Boolean> connect() {
    return commands.submit(new Command.Connect(new CompletableFuture<>()));
  }

  /**
   * Does one piece of work.
   *
   * @param nowNs nanoseconds since the epoch
   * @return 0 where there was nothing to do
   */
  public int doWork(long nowNs) {
    int done = beside(nowNs) + start.turn(nowNs);
    Command<?> command = commands.poll();
    if (command != null) {
      take(command, nowNs);
      done++;
    }
    try {
      return done + turn(nowNs);
    } catch (RuntimeException | Error e) {
      failed(e, nowNs);
      return done + 1;
    }
  }

  /** Stops: what is not committed is dropped, and its engine is told. Block thread. */
  public void close() {
    dropWork("the node stops");
    start.drop("the node stops");
    state(BlockState.CLOSED);
    commands.refuseAll("the node stops");
    life.close();
  }

  private int turn(long nowNs) {
    Hold halt = halt();
    if (halt != null) {
      return heldBy(halt, nowNs);
    }
    if (skips()) {
      return toState(BlockState.PLAN);
    }
    return switch (state) {
      case IDLE, SEALED, CLOSED -> 0;
      case PLAN -> plan(nowNs);
      case DUE -> awaitGeneration(nowNs);
      case HELD -> held(nowNs);
      case LOADING -> step(nowNs, w -> activation.load(w, nowNs));
      case HANDLING -> step(nowNs, w -> activation.handle(w, nowNs));
      case EXECUTE -> step(nowNs, execution::execute);
      case SEAL -> seal(nowNs);
      case COMMIT -> writeCommit(nowNs);
      case PUBLISH -> publish(nowNs);
    };
  }

  /** What other threads brought for the upgrade; what fails of it is kept and tried again. */
  private int beside(long nowNs) {
    if (nowNs < besideAgainNs) {
      return 0;
    }
    try {
      int done = life.poll(nowNs / 1_000_000);
      beside = null;
      return done;
    } catch (RuntimeException | Error e) {
      besideAgainNs = nowNs + Holds.RETRY_NS;
      Hold why = Hold.ofStep(e, HoldReason.MACHINE, "the upgrade can't be prepared further");
      beside = why;
      LOG.error("{}. Next: {}", why.message(), why.nextStep(), e);
      return 0;
    }
  }

  /** The operator's halt, as long as the block has no answer; null where it does not count. */
  private @Nullable Hold halt() {
    if (work == null || !state.beforeSeal()) {
      return null;
    }
    HeightSettings now = settings.get();
    return now.halts(work.request.height(), work.request.time()) && commitAnswer == null
        ? Holds.halted(now)
        : null;
  }

  /** Whether a plan at whose height the block is was not skipped and now is to be. */
  private boolean skips() {
    return work != null
        && state.beforeSeal()
        && state != BlockState.PLAN
        && work.plan != null
        && work.outcome == null
        && commitAnswer == null
        && settings.get().skips(work.plan, work.request.height());
  }

  private int heldBy(Hold halt, long nowNs) {
    if (state == BlockState.HELD && holds.current().equals(Optional.of(halt))) {
      return 0;
    }
    BlockInProgress w = requireWork();
    w.reset(store);
    hold(halt, nowNs);
    w.plan = null;
    return 1;
  }

  private void take(Command<?> command, long nowNs) {
    try {
      taken(command, nowNs);
    } catch (RuntimeException | Error e) {
      LOG.error("What was asked of the block loop failed in state {}", state, e);
      command.answer().completeExceptionally(e);
    }
  }

  private void taken(Command<?> command, long nowNs) {
    if (state == BlockState.CLOSED) {
      command.answer().completeExceptionally(new IllegalStateException("the node stops"));
    } else if (committed() && !(command instanceof Command.Retry)) {
      takeWhileCommitted(command);
    } else if (command instanceof Command.Init init) {
      dropWork("the chain starts over");
      start.ask(init, nowNs);
    } else if (command instanceof Command.Finalize finalize) {
      takeFinalize(finalize);
    } else if (command instanceof Command.Commit commit) {
      takeCommit(commit);
    } else if (command instanceof Command.Connect connect) {
      dropWork("the engine connected again");
      connect.answer().complete(true);
    } else if (command instanceof Command.Restore restore) {
      dropWork("the state is restored from a snapshot");
      restore(restore, nowNs);
    } else if (command instanceof Command.Retry retry) {
      holds.retry();
      start.retry();
      besideAgainNs = Long.MIN_VALUE;
      life.retry();
      retry.answer().complete(true);
    }
  }

  private void restore(Command.Restore restore, long nowNs) {
    try {
      restore.work().run();
    } catch (Exception e) {
      restore.answer().completeExceptionally(e);
      return;
    }
    published.run();
    started(nowNs);
    restore.answer().complete(true);
  }

  /** A committed block stays, and nothing follows it before it is visible. */
  private void takeWhileCommitted(Command<?> command) {
    if (command instanceof Command.Connect connect) {
      connecting.add(connect);
    } else {
      command
          .answer()
          .completeExceptionally(
              new IllegalStateException(
                  "block " + store.height() + " is committed and not visible yet; ask again"));
    }
  }

  /** A genesis that was exported may hold a pending plan. */
  private void started(long nowNs) {
    try {
      life.committed(chain.pendingPlan(), nowNs / 1_000_000);
    } catch (RuntimeException | Error e) {
      LOG.error("The plan in the genesis can't be prepared yet; the next block tries again", e);
    }
  }

  private void takeFinalize(Command.Finalize finalize) {
    dropWork("the engine asked for a block again");
    long height = finalize.request().height();
    if (store.height() < 0) {
      finalize
          .answer()
          .completeExceptionally(
              new IllegalStateException(
                  "block " + height + " comes before the chain has started; InitChain is first"));
      return;
    }
    if (height != store.height() + 1) {
      finalize
          .answer()
          .completeExceptionally(
              new IllegalArgumentException(
                  "block " + height + " does not follow the committed height " + store.height()));
      return;
    }
    work = new BlockInProgress(finalize.request(), finalize.answer(), chain.current());
    holds.passed();
    state(BlockState.PLAN);
  }

  private void takeCommit(Command.Commit commit) {
    if (state != BlockState.SEALED) {
      commit
          .answer()
          .completeExceptionally(new IllegalStateException("no finalized block to commit"));
      return;
    }
    commitAnswer = commit.answer();
    state(BlockState.COMMIT);
  }

  /** One step of the block, which says what state follows. */
  @FunctionalInterface
  private interface Step {
    BlockState run(BlockInProgress work) throws StepFailedException;
  }

  private int step(long nowNs, Step step) {
    BlockInProgress w = requireWork();
    try {
      state(step.run(w));
    } catch (StepFailedException e) {
      fail(w, e, nowNs);
    }
    return 1;
  }

  private int plan(long nowNs) {
    BlockInProgress w = requireWork();
    long height = w.request.height();
    Optional<Plan> pending = chain.pendingPlan();
    if (pending.isEmpty() || height < pending.get().height()) {
      w.view = store.view(store.height());
      w.branch = new Branch(w.view);
      state(BlockState.EXECUTE);
    } else if (settings.get().skips(pending.get(), height)) {
      skip(w, pending.get());
    } else {
      w.plan = pending.get();
      life.due(nowNs / 1_000_000);
      state(BlockState.DUE);
    }
    return 1;
  }

  private void skip(BlockInProgress w, Plan plan) {
    LOG.info("UPGRADE \"{}\" SKIPPED at {}: {}", plan.name(), plan.height(), plan.info());
    state(activation.end(w, plan, PlanOutcome.SKIPPED, "skip-heights"));
  }

  private int awaitGeneration(long nowNs) {
    BlockInProgress w = requireWork();
    Generation ready = life.ready();
    if (ready != null && ready != w.failed) {
      return step(nowNs, work -> activation.prepare(work, ready));
    }
    Hold missing = life.missing();
    boolean told = state == BlockState.HELD && holds.current().equals(Optional.ofNullable(missing));
    if (ready == null && missing != null && !told) {
      hold(missing, nowNs);
      return 1;
    }
    return 0;
  }

  /** Waits for another generation, for the end of a halt, or for the time to try the same again. */
  private int held(long nowNs) {
    BlockInProgress w = requireWork();
    boolean again = holds.tryAgain(nowNs);
    if (commitAnswer != null) {
      return again ? toState(committed() ? BlockState.PUBLISH : BlockState.COMMIT) : 0;
    }
    if (w.plan == null) {
      return again || holds.areHalt() ? toState(BlockState.PLAN) : 0;
    }
    if (again) {
      w.failed = null;
    }
    return awaitGeneration(nowNs);
  }

  private int seal(long nowNs) {
    BlockInProgress w = requireWork();
    step(nowNs, work -> execution.seal(work, nowNs));
    if (state == BlockState.SEALED) {
      w.answer.complete(w.response());
    }
    return 1;
  }

  private int writeCommit(long nowNs) {
    Hold refused = execution.commit(requireWork());
    if (refused == null) {
      holds.passed();
      return toState(BlockState.PUBLISH);
    }
    holdCommit(refused, nowNs);
    return 1;
  }

  /** Keeps the sealed block until it can be written, or the committed one until it is visible. */
  private void holdCommit(Hold refused, long nowNs) {
    holds.hold(refused, nowNs);
    state(BlockState.HELD);
    LOG.error("{}. Next: {}", refused.message(), refused.nextStep());
    life.commitHeld(refused);
  }

  /** Whether the block is durable and not visible yet. */
  private boolean committed() {
    return work != null && commitAnswer != null && store.height() == work.request.height();
  }

  private int publish(long nowNs) {
    execution.publish(requireWork(), nowNs);
    work = null;
    CompletableFuture<CommitResponse> answer = Objects.requireNonNull(commitAnswer);
    commitAnswer = null;
    state(BlockState.IDLE);
    answer.complete(new CommitResponse(0));
    connecting.forEach(connect -> connect.answer().complete(true));
    connecting.clear();
    return 1;
  }

  /** Something failed that no step expects to: the machine, or a read of the state. */
  private void failed(Throwable failure, long nowNs) {
    BlockInProgress w = work;
    if (w == null) {
      LOG.error("The block loop failed in state {}; it goes on", state, failure);
      return;
    }
    long height = w.request.height();
    if (commitAnswer != null) {
      String what = committed() ? " is committed and can't be made visible" : " can't be written";
      LOG.error("Block {}{}", height, what, failure);
      holdCommit(Hold.ofStep(failure, HoldReason.MACHINE, "block " + height + what), nowNs);
      return;
    }
    String what = "block " + height + " can't go on from " + state;
    w.plan = null;
    fail(w, new StepFailedException(HoldReason.MACHINE, what, failure), nowNs);
  }

  /** Drops what failed, and ends the plan or waits for something else to try. */
  private void fail(BlockInProgress w, StepFailedException failure, long nowNs) {
    LOG.error("Block {}: {}", w.request.height(), failure.getMessage(), failure.getCause());
    Optional<String> aborted = failure.aborted();
    if (w.plan != null && aborted.isPresent() && chain.upgradeParams().allowAbort()) {
      LOG.error("UPGRADE \"{}\" ABORTED: {}", w.plan.name(), aborted.get());
      state(activation.end(w, w.plan, PlanOutcome.ABORTED, aborted.get()));
      return;
    }
    w.failed = w.generation;
    w.reset(store);
    hold(failure.hold(), nowNs);
  }

  private void hold(Hold hold, long nowNs) {
    BlockInProgress w = requireWork();
    w.generation = chain.current();
    holds.hold(hold, nowNs);
    if (w.plan != null || life.state().atHeight()) {
      life.held(hold);
    } else {
      LOG.error(
          "Block {} is held ({}): {}. Next: {}",
          w.request.height(),
          hold.reason(),
          hold.message(),
          hold.nextStep());
    }
    state(BlockState.HELD);
  }

  private void dropWork(String reason) {
    IllegalStateException dropped = new IllegalStateException(reason);
    if (work != null) {
      work.reset(store);
      work.answer.completeExceptionally(dropped);
      work = null;
    }
    if (commitAnswer != null) {
      commitAnswer.completeExceptionally(dropped);
      commitAnswer = null;
    }
    connecting.forEach(connect -> connect.answer().completeExceptionally(dropped));
    connecting.clear();
    if (state != BlockState.CLOSED) {
      state(BlockState.IDLE);
    }
  }

  private int toState(BlockState next) {
    state(next);
    return 1;
  }

  private void state(BlockState next) {
    if (next != state) {
      if (next == BlockState.HELD || state == BlockState.HELD) {
        LOG.info("Block loop: {} -> {}", state, next);
      } else {
        LOG.debug("Block loop: {} -> {}", state, next);
      }
      state = next;
    }
  }

  private BlockInProgress requireWork() {
    if (work == null) {
      throw new IllegalStateException("no block in state " + state);
    }
    return work;
  }
}
