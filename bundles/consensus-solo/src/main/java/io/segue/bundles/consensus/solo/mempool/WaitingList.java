package io.segue.bundles.consensus.solo.mempool;

import io.segue.kernel.api.engine.Engine.MempoolException;
import io.segue.kernel.api.engine.Engine.MempoolSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Transactions in the order in which they entered, within limits. Thread safe. */
final class WaitingList {
  private final MempoolLimits limits;
  private final LinkedHashMap<TxHash, Waiting> waiting = new LinkedHashMap<>();
  private final AtomicInteger txs = new AtomicInteger();
  private final AtomicLong bytes = new AtomicLong();

  /** One of them; {@code round} is that of its last check. */
  static final class Waiting {
    final TxHash hash;
    final byte[] tx;
    volatile long gasWanted;
    volatile long round;

    Waiting(TxHash hash, byte[] tx, long gasWanted, long round) {
      this.hash = hash;
      this.tx = tx;
      this.gasWanted = gasWanted;
      this.round = round;
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
   * The first of them, as many as fit, up to one that is not of {@code round}.
   *
   * @param maxBytes limit of their bytes, each counted with its frame in a block; -1 for none
   * @param maxGas limit of the gas they want; -1 for none
   */
  synchronized List<byte[]> fitting(long maxBytes, long maxGas, long round) {
    List<byte[]> fitting = new ArrayList<>();
    long bytesLeft = maxBytes < 0 ? Long.MAX_VALUE : maxBytes;
    long gasLeft = maxGas < 0 ? Long.MAX_VALUE : maxGas;
    for (Waiting next : waiting.values()) {
      bytesLeft -= framedBytes(next.tx.length);
      gasLeft -= next.gasWanted;
      if (next.round != round || bytesLeft < 0 || gasLeft < 0) {
        break;
      }
      fitting.add(next.tx);
    }
    return fitting;
  }

  MempoolSize size() {
    return new MempoolSize(txs.get(), bytes.get());
  }

  /** Refuses a transaction of {@code txBytes} for which there is no room; never waits. */
  void throwIfFull(int txBytes) throws MempoolException {
    if (txs.get() >= limits.txs() || bytes.get() + txBytes > limits.bytes()) {
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

  /** Bytes of a transaction in a block: itself, its tag and its length. */
  static long framedBytes(int txBytes) {
    int lengthBytes = txBytes == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(txBytes)) / 7;
    return 1L + lengthBytes + txBytes;
  }
}
