package io.segue.kernel.core.block;

import io.segue.kernel.api.abci.Abci.CommitResponse;
import io.segue.kernel.api.abci.Abci.FinalizeBlockRequest;
import io.segue.kernel.api.abci.Abci.FinalizeBlockResponse;
import io.segue.kernel.api.abci.Abci.InitChainRequest;
import io.segue.kernel.api.abci.Abci.InitChainResponse;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.exec.Branch;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.upgrade.CrashPoint;
import io.segue.kernel.core.upgrade.Hold;
import io.segue.kernel.core.upgrade.UpgradeLife;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * <p>Whatever goes wrong between {@code DUE} and {@code SEAL} holds the block: what was computed is
 * dropped, and a generation that is deployed next is tried at once.
 *
 * <p>Thread safety: {@link #doWork} is called by one thread, the block thread. The methods that
 * engines call only put a command into a queue and wake that thread.
 */
public final class BlockLoop {
  private static final Logger LOG = LoggerFactory.getLogger(BlockLoop.class);

  private final StateStore store;
  private final Chain chain;
  private final UpgradeLife life;
  private final Activation activation;
  private final Runnable published;
  private final Runnable wake;
  private final Queue<Command<?>> commands = new ConcurrentLinkedQueue<>();
  private final CommitClock commitClock = new CommitClock();
  private final Holds holds = new Holds();

  private volatile BlockState state = BlockState.IDLE;
  private @Nullable Work work;
  private @Nullable CompletableFuture<CommitResponse> commitAnswer;

  /**
   * An idle loop.
   *
   * @param published makes the state and the code of the last commit visible to others
   * @param wake wakes the block thread; called by any thread
   */
  public BlockLoop(
      StateStore store, Chain chain, UpgradeLife life, Runnable published, Runnable wake) {
    this.store = store;
    this.chain = chain;
    this.life = life;
    this.activation = new Activation(store, chain, life);
    this.published = published;
    this.wake = wake;
  }

  /** What the loop is doing; any thread. */
  public BlockState state() {
    return state;
  }

  /** Why the block is held; empty where it is not; any thread. */
  public Optional<Hold> hold() {
    return state == BlockState.HELD ? holds.current() : Optional.empty();
  }

  /** See {@link io.segue.kernel.api.abci.Application#initChain}; any thread. */
  public CompletionStage<InitChainResponse> initChain(InitChainRequest request) {
    return submit(new Command.Init(request, new CompletableFuture<>()));
  }

  /** See {@link io.segue.kernel.api.abci.Application#finalizeBlock}; any thread. */
  public CompletionStage<FinalizeBlockResponse> finalizeBlock(FinalizeBlockRequest request) {
    return submit(new Command.Finalize(request, new CompletableFuture<>()));
  }

  /** See {@link io.segue.kernel.api.abci.Application#commit}; any thread. */
  public CompletionStage<CommitResponse> commit() {
    return submit(new Command.Commit(new CompletableFuture<>()));
  }

  /** Has the block thread look at what other threads brought; any thread. */
  public void wake() {
    wake.run();
  }

  /** Tries again what waits: a held block, and the preparation of the pending plan; any thread. */
  public CompletionStage<Boolean> retry() {
    return submit(new Command.Retry(new CompletableFuture<>()));
  }

  /** Drops what is finalized and not committed; any thread. */
  public CompletionStage<Boolean> drop() {
    return submit(new Command.Drop(new CompletableFuture<>()));
  }

  /**
   * Does one piece of work.
   *
   * @param nowNs nanoseconds since the epoch
   * @return 0 where there was nothing to do
   */
  public int doWork(long nowNs) {
    int done = life.poll(nowNs / 1_000_000);
    Command<?> command = commands.poll();
    if (command != null) {
      take(command, nowNs);
      done++;
    }
    return done
        + switch (state) {
          case IDLE, SEALED, CLOSED -> 0;
          case PLAN -> plan(nowNs);
          case DUE -> awaitGeneration(nowNs);
          case HELD -> held(nowNs);
          case LOADING -> load(nowNs);
          case HANDLING -> handle(nowNs);
          case EXECUTE -> execute(nowNs);
          case SEAL -> seal(nowNs);
          case COMMIT -> writeCommit();
          case PUBLISH -> publish(nowNs);
        };
  }

  /** Stops: what is not committed is dropped, and its engine is told. Block thread. */
  public void close() {
    dropWork("the node stops");
    state(BlockState.CLOSED);
    for (Command<?> c = commands.poll(); c != null; c = commands.poll()) {
      c.answer().completeExceptionally(new IllegalStateException("the node stops"));
    }
    life.close();
  }

  private <T> CompletionStage<T> submit(Command<T> command) {
    commands.add(command);
    wake.run();
    return command.answer();
  }

  private void take(Command<?> command, long nowNs) {
    if (state == BlockState.CLOSED) {
      command.answer().completeExceptionally(new IllegalStateException("the node stops"));
    } else if (command instanceof Command.Init init) {
      takeInit(init, nowNs);
    } else if (command instanceof Command.Finalize finalize) {
      takeFinalize(finalize);
    } else if (command instanceof Command.Commit commit) {
      takeCommit(commit);
    } else if (command instanceof Command.Drop drop) {
      dropWork("the engine connected anew");
      drop.answer().complete(true);
    } else if (command instanceof Command.Retry retry) {
      life.retry();
      holds.retry();
      retry.answer().complete(true);
    }
  }

  /** A genesis that was exported may hold a pending plan. */
  private void takeInit(Command.Init init, long nowNs) {
    dropWork("the chain starts anew");
    try {
      InitChainResponse response = chain.initChain(init.request());
      life.committed(chain.pendingPlan(), nowNs / 1_000_000);
      init.answer().complete(response);
    } catch (RuntimeException e) {
      init.answer().completeExceptionally(e);
    }
  }

  private void takeFinalize(Command.Finalize finalize) {
    dropWork("the engine asked for a block anew");
    long height = finalize.request().height();
    if (height != store.height() + 1) {
      finalize
          .answer()
          .completeExceptionally(
              new IllegalArgumentException(
                  "block " + height + " does not follow the committed height " + store.height()));
      return;
    }
    work = new Work(finalize.request(), finalize.answer(), chain.current());
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

  private int plan(long nowNs) {
    Work w = requireWork();
    Optional<Plan> pending = chain.pendingPlan();
    if (pending.isEmpty() || w.request.height() < pending.get().height()) {
      w.view = store.view(store.height());
      w.branch = new Branch(w.view);
      state(BlockState.EXECUTE);
    } else {
      w.plan = pending.get();
      life.due(nowNs / 1_000_000);
      state(BlockState.DUE);
    }
    return 1;
  }

  private int awaitGeneration(long nowNs) {
    Work w = requireWork();
    Generation ready = life.ready();
    if (ready != null && ready != w.failed) {
      w.generation = ready;
      w.failed = null;
      try {
        activation.prepare(w, requirePlan(w));
        state(BlockState.LOADING);
      } catch (Activation.FailedException e) {
        fail(w, e, nowNs);
      }
      return 1;
    }
    Hold missing = life.hold();
    boolean told = state == BlockState.HELD && holds.current().equals(Optional.ofNullable(missing));
    if (ready == null && missing != null && !told) {
      hold(missing, nowNs);
      return 1;
    }
    return 0;
  }

  /** Waits for another generation, or for the time to try the same again. */
  private int held(long nowNs) {
    Work w = requireWork();
    if (holds.tryAgain(nowNs)) {
      w.failed = null;
      if (commitAnswer != null) {
        state(BlockState.COMMIT);
        return 1;
      }
      if (w.plan == null) {
        state(BlockState.PLAN);
        return 1;
      }
    }
    return w.plan == null || commitAnswer != null ? 0 : awaitGeneration(nowNs);
  }

  private int load(long nowNs) {
    Work w = requireWork();
    try {
      if (activation.load(w, nowNs)) {
        state(BlockState.HANDLING);
      }
    } catch (Activation.FailedException e) {
      fail(w, e, nowNs);
    }
    return 1;
  }

  private int handle(long nowNs) {
    Work w = requireWork();
    try {
      activation.handle(w, requirePlan(w), nowNs);
      state(BlockState.EXECUTE);
    } catch (Activation.FailedException e) {
      fail(w, e, nowNs);
    }
    return 1;
  }

  private int execute(long nowNs) {
    Work w = requireWork();
    if (w.plan != null) {
      life.handled(nowNs / 1_000_000);
    }
    try {
      w.response = chain.execute(w.generation, w.upgradeEvents, w.branch(), w.request);
      if (w.plan != null) {
        CrashPoint.EXECUTED.reached();
      }
      state(BlockState.SEAL);
    } catch (RuntimeException | Error e) {
      fail(
          w,
          new Activation.FailedException(
              w.plan == null ? HoldReason.EXECUTION : HoldReason.MODULES,
              "block " + w.request.height() + " can't be executed",
              e),
          nowNs);
    }
    return 1;
  }

  private int seal(long nowNs) {
    Work w = requireWork();
    w.staged = store.stage(w.index(), w.branch().changes());
    FinalizeBlockResponse r = w.response();
    state(BlockState.SEALED);
    if (w.plan != null) {
      life.sealed(nowNs / 1_000_000);
    }
    w.answer.complete(
        new FinalizeBlockResponse(
            r.events(),
            r.txResults(),
            r.validatorUpdates(),
            r.consensusParamUpdates(),
            w.staged.appHash()));
    return 1;
  }

  private int writeCommit() {
    Work w = requireWork();
    if (w.plan != null) {
      CrashPoint.COMMITTING.reached();
    }
    try {
      chain.commit(Objects.requireNonNull(w.staged), w.request, w.response());
    } catch (RuntimeException | Error e) {
      // The engine must not go on: whether the write is durable is not known.
      requireCommitAnswer().completeExceptionally(e);
      dropWork("the commit failed");
      return 1;
    }
    if (w.plan != null) {
      CrashPoint.COMMITTED.reached();
    }
    state(BlockState.PUBLISH);
    return 1;
  }

  private int publish(long nowNs) {
    Work w = requireWork();
    long height = w.request.height();
    double pauseMs = commitClock.commit(nowNs);
    chain.publish(w.generation, height);
    published.run();
    if (w.plan != null) {
      life.applied(pauseMs, chain.appHash(height - 1), chain.appHash(height), nowNs / 1_000_000);
      CrashPoint.PUBLISHED.reached();
    }
    w.close();
    work = null;
    CompletableFuture<CommitResponse> answer = requireCommitAnswer();
    commitAnswer = null;
    state(BlockState.IDLE);
    life.committed(chain.pendingPlan(), nowNs / 1_000_000);
    answer.complete(new CommitResponse(0));
    return 1;
  }

  /** Drops what failed and waits for something else to try. */
  private void fail(Work w, Activation.FailedException failure, long nowNs) {
    Throwable cause = Objects.requireNonNull(failure.getCause());
    LOG.error("Block {}: {}", w.request.height(), failure.getMessage(), cause);
    w.failed = w.generation;
    w.reset(store);
    hold(
        Hold.of(
            cause,
            failure.reason(),
            failure.getMessage() + ": " + cause + "; nothing of the block is kept"),
        nowNs);
  }

  private void hold(Hold hold, long nowNs) {
    Work w = requireWork();
    if (commitAnswer == null) {
      w.generation = chain.current();
    }
    holds.hold(hold, nowNs);
    if (w.plan != null) {
      life.held(hold);
    }
    state(BlockState.HELD);
  }

  private void dropWork(String reason) {
    if (work != null) {
      work.reset(store);
      work.answer.completeExceptionally(new IllegalStateException(reason));
      work = null;
    }
    if (state != BlockState.CLOSED) {
      state(BlockState.IDLE);
    }
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

  private Work requireWork() {
    if (work == null) {
      throw new IllegalStateException("no block in state " + state);
    }
    return work;
  }

  private static Plan requirePlan(Work w) {
    return Objects.requireNonNull(w.plan);
  }

  private CompletableFuture<CommitResponse> requireCommitAnswer() {
    if (commitAnswer == null) {
      throw new IllegalStateException("no commit in state " + state);
    }
    return commitAnswer;
  }
}
