package io.segue.bundles.consensus.solo.mempool;

import io.segue.bundles.consensus.solo.mempool.WaitingList.Waiting;
import io.segue.kernel.api.abci.Abci.CheckTxRequest;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.ExecTxResult;
import io.segue.kernel.api.abci.ConsensusBounds;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.MempoolSize;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions that passed CheckTx and wait for a block, in the order in which they entered.
 *
 * <p><b>Rounds.</b> A commit resets the application's check state, so what waits must be checked
 * again in order: a new round begins. {@link #beginCommit} shuts out CheckTx, {@link #endCommit}
 * begins the round, and {@link #recheck} does a slice of it. Between slices new transactions are
 * let in: one that is accepted belongs to the new round; one that is refused may only miss what an
 * unchecked one before it would have done, so it waits for the round's end and is checked again.
 * Blocks are made of transactions of the current round only.
 *
 * <p><b>Holds.</b> A commit may be held for long, and so may the chain in the midst of a round.
 * Nobody waits for that: {@link #add} answers that the node is busy, and why.
 *
 * <p><b>Thread safety.</b> {@link #add} runs on callers' threads, many at once; {@code
 * beginCommit}, {@code endCommit}, {@code recheck} and {@code reap} on the engine's thread only.
 */
public final class Mempool {
  /** A transaction refused in an unfinished round is checked again at most so often. */
  private static final int MAX_RETRIES = 2;

  private static final Logger log = LoggerFactory.getLogger(Mempool.class);

  private final MempoolLimits limits;
  private final Function<CheckTxRequest, CheckTxResponse> checkTx;
  private final Supplier<Optional<String>> heldFor;
  private final RecentHashes known;
  private final WaitingList waiting;

  /** Read side: CheckTx and entering. Write side: commit and re-check; never held for long. */
  private final ReentrantReadWriteLock rounds = new ReentrantReadWriteLock(true);

  /** The commit that shuts out CheckTx; done where none does. Written under the write lock. */
  private volatile Interval commit;

  /** The current round's re-check; done once nothing of it is left. Written as {@link #commit}. */
  private volatile Interval recheck;

  /** What a transaction may take of the next block; written under the write lock. */
  private volatile BlockSpace space =
      new BlockSpace(ConsensusBounds.MAX_BLOCK_BYTES, OptionalLong.empty());

  /** Number of the current round; written under the write lock. */
  private long round;

  /** What is left of the current round's re-check; used under the write lock. */
  private Iterator<Waiting> unchecked = List.<Waiting>of().iterator();

  /**
   * A mempool that asks {@code checkTx} about every transaction, from several threads at once.
   *
   * @param heldFor why the node holds, and what to do; empty where it does not. Any thread
   */
  public Mempool(
      MempoolLimits limits,
      Function<CheckTxRequest, CheckTxResponse> checkTx,
      Supplier<Optional<String>> heldFor) {
    this.limits = limits;
    this.checkTx = checkTx;
    this.heldFor = heldFor;
    this.commit = new Interval(heldFor);
    commit.end();
    this.recheck = commit;
    this.known = new RecentHashes(limits.remembered());
    this.waiting = new WaitingList(limits);
  }

  /** A transaction that may be checked; see {@link #offer}. */
  public record Offer(TxHash hash, byte[] tx) {}

  /** An answer of CheckTx, and whether the round was unfinished when it was given. */
  private record Verdict(CheckTxResponse response, boolean unfinished) {
    /** Whether a refusal may be due to a transaction before this one that is not re-checked yet. */
    boolean premature() {
      return response.code() != 0 && unfinished;
    }
  }

  /**
   * The part of entering that needs no application: limits and what is known already.
   *
   * @throws MempoolException with the text of CometBFT's mempool
   */
  public Offer offer(byte[] tx) throws MempoolException {
    requireSize(tx);
    waiting.throwIfFull(tx.length);
    space.requireBytesFor(tx.length);
    commit.throwIfHeld();
    TxHash hash = TxHash.of(tx);
    if (!known.add(hash) || waiting.has(hash)) {
      throw new MempoolException("tx already exists in cache");
    }
    return new Offer(hash, tx);
  }

  /** Forgets an offer that is not going to be added. */
  public void withdraw(Offer offer) {
    known.remove(offer.hash());
  }

  /**
   * Checks a transaction and lets it enter where the application accepts it.
   *
   * @throws MempoolException where the mempool has become full meanwhile, where no block could take
   *     the transaction, or where the node is too busy to check it now
   */
  public CheckTxResponse add(Offer offer) throws MempoolException {
    boolean entered = false;
    try {
      Verdict verdict = checkAndEnter(offer);
      for (int i = 0; i < MAX_RETRIES && verdict.premature(); i++) {
        recheck.await();
        verdict = checkAndEnter(offer);
      }
      entered = verdict.response().code() == 0;
      return verdict.response();
    } finally {
      if (!entered) {
        withdraw(offer);
      }
    }
  }

  /**
   * Checks a transaction on the application's check state, as if it entered; it does not.
   *
   * @throws MempoolException where it is too large, or the node too busy to check it now
   */
  public CheckTxResponse check(byte[] tx) throws MempoolException {
    requireSize(tx);
    commit.throwIfHeld();
    lockForCheck();
    try {
      return checkTx.apply(new CheckTxRequest(tx, false));
    } finally {
      rounds.readLock().unlock();
    }
  }

  /** What a transaction may take of the block that comes next, before the first commit. */
  public void startWith(BlockSpace next) {
    space = next;
  }

  /** Shuts out CheckTx until {@link #endCommit}; waits for those that run. */
  public void beginCommit() {
    rounds.writeLock().lock();
    try {
      commit = new Interval(heldFor);
    } finally {
      rounds.writeLock().unlock();
    }
  }

  /** Lets CheckTx in again, without a new round: the commit did not happen. */
  public void dropCommit() {
    commit.end();
  }

  /**
   * Removes what is in the committed block and begins a new round. A transaction that failed in the
   * block may be offered again.
   *
   * @param next what a transaction may take of the next block
   */
  public void endCommit(List<byte[]> txHashes, List<ExecTxResult> results, BlockSpace next) {
    rounds.writeLock().lock();
    try {
      for (int i = 0; i < txHashes.size(); i++) {
        TxHash hash = TxHash.ofHash(txHashes.get(i));
        waiting.remove(hash);
        if (results.get(i).code() == 0) {
          known.add(hash);
        } else {
          known.remove(hash);
        }
      }
      unchecked = waiting.all().iterator();
      round++;
      space = next;
      if (recheck.isOver() && unchecked.hasNext()) {
        recheck = new Interval(heldFor);
      }
      endRoundIfDone();
    } finally {
      rounds.writeLock().unlock();
      commit.end();
    }
  }

  /**
   * Re-checks waiting transactions in order for about {@code sliceNs}, at least one; what fails
   * leaves. Returns how many were checked, 0 where nothing is left to do.
   */
  public int recheck(long sliceNs) {
    if (recheck.isOver()) {
      return 0;
    }
    rounds.writeLock().lock();
    try {
      long start = System.nanoTime();
      int checked = 0;
      do {
        recheck(unchecked.next());
        checked++;
      } while (unchecked.hasNext() && System.nanoTime() - start < sliceNs);
      endRoundIfDone();
      return checked;
    } finally {
      rounds.writeLock().unlock();
    }
  }

  /**
   * The transactions, in order, that fit into the next block; those that don't are passed over.
   * They stay until {@link #endCommit}.
   */
  public List<byte[]> reap() {
    return waiting.fitting(space, round);
  }

  /** Number and bytes of what waits. */
  public MempoolSize size() {
    return waiting.size();
  }

  /** The first {@code limit} transactions, in order. */
  public List<byte[]> first(int limit) {
    return waiting.first(limit);
  }

  private Verdict checkAndEnter(Offer offer) throws MempoolException {
    lockForCheck();
    try {
      space.requireBytesFor(offer.tx().length);
      CheckTxResponse response = checkTx.apply(new CheckTxRequest(offer.tx(), false));
      if (response.code() == 0) {
        space.requireGasFor(response.gasWanted());
        waiting.add(new Waiting(offer.hash(), offer.tx(), response, round));
      }
      return new Verdict(response, !recheck.isOver());
    } finally {
      rounds.readLock().unlock();
    }
  }

  private void requireSize(byte[] tx) throws MempoolException {
    if (tx.length > limits.txBytes()) {
      throw new MempoolException(
          "Tx too large. Max size is " + limits.txBytes() + ", but got " + tx.length);
    }
  }

  /** Takes the read side while no commit shuts it out. */
  private void lockForCheck() throws MempoolException {
    rounds.readLock().lock();
    for (Interval running = commit; !running.isOver(); running = commit) {
      rounds.readLock().unlock();
      running.await();
      rounds.readLock().lock();
    }
  }

  private void recheck(Waiting entry) {
    if (!passesAgain(entry)) {
      waiting.remove(entry.hash);
      known.remove(entry.hash);
    }
  }

  private boolean passesAgain(Waiting entry) {
    if (!space.holds(entry.tx.length, entry.gasWanted)) {
      return false; // before its effects are seen by those that come after
    }
    try {
      CheckTxResponse response = checkTx.apply(new CheckTxRequest(entry.tx, true));
      entry.gasWanted = response.gasWanted();
      entry.round = round;
      return response.code() == 0;
    } catch (RuntimeException | StackOverflowError e) {
      log.warn("CheckTx of a waiting transaction failed; it is dropped", e);
      return false;
    }
  }

  /** Called under the write lock. */
  private void endRoundIfDone() {
    if (!unchecked.hasNext()) {
      recheck.end();
    }
  }
}
