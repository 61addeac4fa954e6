package io.segue.kernel.core.check;

import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.guard.CancelledError;
import io.segue.kernel.api.guard.LimitError;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.exec.BlockHeader;
import io.segue.kernel.core.exec.ExecutionContext;
import io.segue.kernel.core.exec.TxRunner;
import io.segue.kernel.core.gas.BlockGas;
import io.segue.kernel.core.gas.Deadline;
import io.segue.kernel.core.gas.ErrorResult;
import io.segue.kernel.core.gas.Gas;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.module.Steps;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.overlay.CheckOverlay;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks transactions for the mempool: the ante steps on the committed state with the writes of
 * those admitted before, so that several transactions of one account can wait together.
 *
 * <p>Thread safety: any thread calls {@link #check} and {@link #simulate}, and they run side by
 * side. Each runs the ante steps on a branch of its own without a lock. Then, under the lock of the
 * overlay, it looks whether what it read is still so, and adds its writes; if another was faster it
 * runs the steps once more under that lock. {@link #reset} waits for nobody: whoever still runs on
 * what was there before gives it back when done, and a transaction is checked again on what is
 * there then.
 */
public final class CheckState {
  /** How often a transaction is checked again at most because a block was committed meanwhile. */
  static final int CHECK_TRIES = 10;

  /** How often a simulation that failed is run at most because others were admitted meanwhile. */
  static final int SIMULATE_TRIES = 3;

  private final AtomicReference<@Nullable QueryState> serving = new AtomicReference<>();
  private final Steps steps;

  /** Not ready yet; nobody is told of its steps. */
  public CheckState() {
    this(Steps.UNTOLD);
  }

  /**
   * Not ready yet.
   *
   * @param steps is told what runs
   */
  public CheckState(Steps steps) {
    this.steps = steps;
  }

  /** Verdict on a transaction and the branch on which it was reached. */
  private record Attempt(
      @Nullable ErrorResult refused, Branch branch, Gas gas, List<Event> events) {}

  /**
   * Starts over from a committed state.
   *
   * @param modules of the generation that will execute the next block, as far as is known
   * @param next height of the next block, time of the last one
   * @param minimumGasPrices what this node asks, such as {@code 0.025stake}; may be empty
   * @param view the committed state
   * @param unused called once, on any thread, when nobody uses view and modules any more
   */
  public void reset(
      ModuleSet modules,
      KernelRules rules,
      BlockHeader next,
      String minimumGasPrices,
      StateView view,
      Runnable unused) {
    QueryState before = serving.get();
    DecodedTxs decoded =
        before != null && before.decoded.isOf(modules, rules)
            ? before.decoded
            : new DecodedTxs(modules, rules);
    swap(new QueryState(modules, rules, next, minimumGasPrices, view, decoded, unused));
  }

  /** Answers that the node is not ready until the next {@link #reset}. */
  public void clear() {
    swap(null);
  }

  /** Checks a transaction and, if it passes, lets those that come later see its writes. */
  public CheckTxResponse check(CheckTxRequest request) {
    for (int tries = 1; ; tries++) {
      QueryState now = enter();
      if (now == null) {
        return response(NotReady.REFUSAL, 0, 0, List.of());
      }
      try {
        CheckTxResponse verdict = check(now, request);
        if (now == serving.get() || tries == CHECK_TRIES) {
          return verdict;
        }
      } finally {
        now.leave();
      }
    }
  }

  /**
   * Runs a transaction for the gas it needs; keeps nothing of it.
   *
   * @param request of the simulation query, which the transaction format understands
   * @return the answer of that query
   * @throws QueryException where the transaction fails, or needs more than the limits
   */
  public byte[] simulate(byte[] request, QueryLimits limits) {
    Deadline deadline = limits.deadline();
    QueryState now = enter();
    if (now == null) {
      throw new QueryException(QueryException.Status.Unavailable, NotReady.TEXT);
    }
    try {
      byte[] tx = now.modules.txFormat().simulatedTx(request);
      if (tx.length == 0) {
        throw new QueryException(
            QueryException.Status.InvalidArgument, "empty txBytes is not allowed");
      }
      for (int tries = 1; ; tries++) {
        long additions = now.overlay.additions();
        ExecutionContext run = newRun(now, ExecMode.SIMULATE);
        run.gas.endBy(deadline);
        try (run) {
          return new TxRunner(run, BlockGas.unlimited())
              .simulate(tx, limits.simulationMeter(now.next));
        } catch (QueryException e) {
          if (tries == SIMULATE_TRIES || held(now, run, additions)) {
            throw limits.explain(e, run.gas, now.next);
          }
        }
      }
    } finally {
      now.leave();
    }
  }

  /**
   * Has something look at what the last commit made visible, which stays for as long as it looks.
   *
   * @param none what there is before the first commit
   */
  <T> T look(Function<QueryState, T> look, Supplier<T> none) {
    QueryState now = enter();
    if (now == null) {
      return none.get();
    }
    try {
      return look.apply(now);
    } finally {
      now.leave();
    }
  }

  private @Nullable QueryState enter() {
    QueryState now = serving.get();
    while (now != null && !now.enter()) {
      now = serving.get();
    }
    return now;
  }

  private void swap(@Nullable QueryState next) {
    QueryState before = serving.getAndSet(next);
    if (before != null) {
      before.leave();
    }
  }

  private static boolean held(QueryState now, ExecutionContext run, long additions) {
    synchronized (now.overlay) {
      return now.overlay.holds(run.branch, additions);
    }
  }

  private CheckTxResponse check(QueryState now, CheckTxRequest request) {
    try (Steps.Step step = steps.begin(Steps.Kind.QUERY, "CheckTx", "", "")) {
      Tx tx;
      try {
        tx = now.decoded.decode(request.tx());
      } catch (RuntimeException | LimitError e) {
        return response(ErrorResult.of(e), 0, 0, List.of());
      }
      Attempt attempt = check(now, tx, request.recheck() ? ExecMode.RECHECK : ExecMode.CHECK);
      if (attempt.refused == null) {
        now.decoded.keep(request.tx(), tx);
      }
      return response(attempt.refused, tx.gasLimit(), attempt.gas.used(), attempt.events);
    } catch (CancelledError e) {
      return response(ErrorResult.cancelled(e), 0, 0, List.of());
    }
  }

  /**
   * The gas that a transaction asks for; 0 for one that can't be decoded.
   *
   * @param now what the last commit made visible
   */
  long gasWanted(QueryState now, byte[] tx) {
    try (Steps.Step step = steps.begin(Steps.Kind.QUERY, "proposal", "", "")) {
      return now.decoded.decode(tx).gasLimit();
    } catch (RuntimeException | CancelledError | LimitError e) {
      return 0;
    }
  }

  private Attempt check(QueryState now, Tx tx, ExecMode mode) {
    CheckOverlay overlay = now.overlay;
    long additions = overlay.additions();
    Attempt attempt = runAnte(now, tx, mode);
    synchronized (overlay) {
      if (!overlay.holds(attempt.branch, additions)) {
        attempt = runAnte(now, tx, mode);
      }
      if (attempt.refused == null) {
        overlay.add(attempt.branch);
      }
    }
    return attempt;
  }

  private Attempt runAnte(QueryState now, Tx tx, ExecMode mode) {
    try (ExecutionContext run = newRun(now, mode)) {
      ErrorResult refused = new TxRunner(run, BlockGas.unlimited()).ante(tx, tx.gasLimit());
      return new Attempt(refused, run.branch, run.gas, run.takeEvents());
    }
  }

  private ExecutionContext newRun(QueryState now, ExecMode mode) {
    return new ExecutionContext(
        now.modules,
        now.rules,
        new Branch(now.overlay),
        now.next,
        mode,
        now.minimumGasPrices,
        steps);
  }

  private static CheckTxResponse response(
      @Nullable ErrorResult refused, long gasWanted, long gasUsed, List<Event> events) {
    return refused == null
        ? new CheckTxResponse(0, "", "", gasWanted, gasUsed, events)
        : new CheckTxResponse(
            refused.code(), refused.codespace(), refused.log(), gasWanted, gasUsed, events);
  }
}
