package io.segue.kernel.core.exec;

import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.module.ExecMode;
import io.segue.kernel.api.module.QueryException;
import io.segue.kernel.api.module.Tx;
import io.segue.kernel.api.store.StateView;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Judges transactions for the mempool: the ante steps on the committed state with the writes of
 * those admitted before, so that several transactions of one account can wait together.
 *
 * <p>Thread safety: any thread calls {@link #check} and {@link #simulate}, and they run side by
 * side. Each runs the ante steps on a branch of its own without a lock. Then, under the lock of the
 * overlay, it looks whether what it read is still so, and adds its writes; if another was faster it
 * runs the steps once more under that lock. {@link #reset} waits for those that run, and when it
 * returns nobody uses what was there before.
 */
public final class CheckState {
  private final ReadWriteLock swap = new ReentrantReadWriteLock();
  private @Nullable Serving serving;

  /** What transactions are judged with, from one commit to the next. */
  private record Serving(
      ModuleSet modules,
      KernelRules rules,
      BlockHeader next,
      String minimumGasPrices,
      CheckOverlay overlay) {}

  /** Verdict on a transaction and the branch on which it was reached. */
  private record Attempt(@Nullable Refusal refused, Branch branch, Gas gas, List<Event> events) {}

  /**
   * Starts anew from a committed state.
   *
   * @param modules of the generation that will execute the next block, as far as is known
   * @param next height of the next block, time of the last one
   * @param minimumGasPrices what this node asks, such as {@code 0.025stake}; may be empty
   * @param view the committed state; the caller closes it after the next reset
   */
  public void reset(
      ModuleSet modules,
      KernelRules rules,
      BlockHeader next,
      String minimumGasPrices,
      StateView view) {
    swap(new Serving(modules, rules, next, minimumGasPrices, new CheckOverlay(view)));
  }

  /** Answers that the node is not ready until the next {@link #reset}. */
  public void clear() {
    swap(null);
  }

  /** Judges a transaction and, if it passes, lets those that come later see its writes. */
  public CheckTxResponse check(CheckTxRequest request) {
    swap.readLock().lock();
    try {
      Serving now = serving;
      if (now == null) {
        return response(NotReady.REFUSAL, 0, 0, List.of());
      }
      Tx tx;
      try {
        tx = TxRunner.decode(now.modules, now.rules, request.tx(), false);
      } catch (RuntimeException e) {
        return response(Refusal.of(e), 0, 0, List.of());
      }
      Attempt attempt = judge(now, tx, request.recheck() ? ExecMode.RECHECK : ExecMode.CHECK);
      return response(attempt.refused, tx.gasLimit(), attempt.gas.used(), attempt.events);
    } finally {
      swap.readLock().unlock();
    }
  }

  /**
   * Runs a transaction for the gas it needs; keeps nothing of it.
   *
   * @param request of the simulation query, which the transaction format understands
   * @return the answer of that query
   * @throws QueryException where the transaction fails
   */
  public byte[] simulate(byte[] request) {
    swap.readLock().lock();
    try {
      Serving now = serving;
      if (now == null) {
        throw new QueryException(QueryException.Status.Unavailable, NotReady.TEXT);
      }
      byte[] tx = now.modules.txFormat().simulatedTx(request);
      if (tx.length == 0) {
        throw new QueryException(
            QueryException.Status.InvalidArgument, "empty txBytes is not allowed");
      }
      long additions = now.overlay.additions();
      Run run = newRun(now, ExecMode.SIMULATE);
      try {
        return new TxRunner(run, Long.MAX_VALUE).simulate(tx);
      } catch (QueryException e) {
        synchronized (now.overlay) {
          if (now.overlay.holds(run.branch, additions)) {
            throw e;
          }
          return new TxRunner(newRun(now, ExecMode.SIMULATE), Long.MAX_VALUE).simulate(tx);
        }
      }
    } finally {
      swap.readLock().unlock();
    }
  }

  private void swap(@Nullable Serving next) {
    swap.writeLock().lock();
    try {
      serving = next;
    } finally {
      swap.writeLock().unlock();
    }
  }

  private static Attempt judge(Serving now, Tx tx, ExecMode mode) {
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

  private static Attempt runAnte(Serving now, Tx tx, ExecMode mode) {
    Run run = newRun(now, mode);
    Refusal refused = new TxRunner(run, Long.MAX_VALUE).ante(tx, tx.gasLimit());
    run.branch.closeIterators();
    return new Attempt(refused, run.branch, run.gas, run.takeEvents());
  }

  private static Run newRun(Serving now, ExecMode mode) {
    return new Run(
        now.modules, now.rules, new Branch(now.overlay), now.next, mode, now.minimumGasPrices);
  }

  private static CheckTxResponse response(
      @Nullable Refusal refused, long gasWanted, long gasUsed, List<Event> events) {
    return refused == null
        ? new CheckTxResponse(0, "", "", gasWanted, gasUsed, events)
        : new CheckTxResponse(
            refused.code(), refused.codespace(), refused.log(), gasWanted, gasUsed, events);
  }
}
