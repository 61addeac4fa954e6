package io.segue.bundles.consensus.solo.mempool;

import io.segue.kernel.api.abci.Abci.Attribute;
import io.segue.kernel.api.abci.Abci.CheckTxResponse;
import io.segue.kernel.api.abci.Abci.Event;
import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.MempoolSize;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Transactions in the order in which they entered, within limits. Thread safe. */
final class WaitingList {
  /** The selection of a block ends after so many transactions that it had to pass over. */
  static final int MAX_PASSED_OVER = 1000;

  private final MempoolLimits limits;
  private final LinkedHashMap<TxHash, Waiting> waiting = new LinkedHashMap<>();
  private final AtomicInteger txs = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * One of them; {@code round} is that of its last check. {@code signers} is empty where CheckTx
   * did not tell them.
   */
  static final class Waiting {
    /** Attribute in which CheckTx tells a signer and its sequence number, as in the Cosmos SDK. */
    private static final String SIGNER = "acc_seq";

    final TxHash hash;
    final byte[] tx;
    final List<String> signers;
    volatile long gasWanted;
    volatile long round;

    Waiting(TxHash hash, byte[] tx, CheckTxResponse check, long round) {
      this.hash = hash;
      this.tx = tx;
      this.signers = signers(check);
      this.gasWanted = check.gasWanted();
      this.round = round;
    }

    private static List<String> signers(CheckTxResponse check) {
      List<String> signers = new ArrayList<>(1);
      for (Event event : check.events()) {
        for (Attribute attribute : event.attributes()) {
          if (attribute.key().equals(SIGNER)) {
            int slash = attribute.value().lastIndexOf('/');
            signers.add(slash < 0 ? attribute.value() : attribute.value().substring(0, slash));
          }
        }
      }
      return signers;
    }
  }

  WaitingList(MempoolLimits limits) {
    this.limits = limits;
  }

  /** Puts a transaction at the end; does nothing where it waits already. */
  synchronized void add(Waiting entry) throws MempoolException {
    throwIfFull(entry.tx.length);
    if (waiting.putIfAbsent(entry.hash, entry) == null) {
      txs.incrementAndGet();
      bytes.addAndGet(entry.tx.length);
    }
  }

  synchronized void remove(TxHash hash) {
    Waiting removed = waiting.remove(hash);
    if (removed != null) {
      txs.decrementAndGet();
      bytes.addAndGet(-removed.tx.length);
    }
  }

  synchronized boolean has(TxHash hash) {
    return waiting.containsKey(hash);
  }

  /** All that wait now. */
  synchronized List<Waiting> all() {
    return List.copyOf(waiting.values());
  }

  /** The first {@code limit} of them. */
  synchronized List<byte[]> first(int limit) {
    return waiting.values().stream().limit(limit).map(entry -> entry.tx).toList();
  }

  /**
   * As many of them as fit into a block, in order, up to one that is not of {@code round}. What
   * does not fit is passed over, and with it what has a signer in common with it: it counts on the
   * sequence number that the one before would have used. One whose signers are not known ends the
   * selection where it does not fit, for what comes after may count on it.
   */
  synchronized List<byte[]> fitting(BlockSpace space, long round) {
    List<byte[]> fitting = new ArrayList<>();
    Set<String> passedOver = new HashSet<>();
    int passed = 0;
    BlockSpace left = space;
    for (Waiting next : waiting.values()) {
      if (next.round != round || left.isUsedUp()) {
        break;
      }
      long gasWanted = next.gasWanted;
      boolean counts = !passedOver.isEmpty() && !Collections.disjoint(passedOver, next.signers);
      if (!counts && left.holds(next.tx.length, gasWanted)) {
        fitting.add(next.tx);
        left = left.without(next.tx.length, gasWanted);
        continue;
      }
      if (next.signers.isEmpty() || ++passed == MAX_PASSED_OVER) {
        break;
      }
      passedOver.addAll(next.signers);
    }
    return fitting;
  }

  MempoolSize size() {
    return new MempoolSize(txs.get(), bytes.get());
  }

  /** Refuses a transaction of {@code txBytes} for which there is no room; never waits. */
  void throwIfFull(int txBytes) throws MempoolException {
    if (txs.get() >= limits.txs() || txBytes > limits.bytes() - bytes.get()) {
      throw new MempoolException(
          "mempool is full: number of txs "
              + txs.get()
              + " (max: "
              + limits.txs()
              + "), total txs bytes "
              + bytes.get()
              + " (max: "
              + limits.bytes()
              + ")");
    }
  }
}
