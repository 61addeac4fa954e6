package io.segue.bundles.consensus.solo.mempool;

import java.util.LinkedHashSet;

/** The newest hashes that were added, up to a limit; the oldest makes room. Thread safe. */
final class RecentHashes {
  private final int limit;
  private final LinkedHashSet<TxHash> hashes = new LinkedHashSet<>();

  RecentHashes(int limit) {
    this.limit = limit;
  }

  /** Adds a hash, or makes it the newest; whether it was new. */
  synchronized boolean add(TxHash hash) {
    boolean known = hashes.remove(hash);
    hashes.add(hash);
    if (hashes.size() > limit) {
      var oldest = hashes.iterator();
      oldest.next();
      oldest.remove();
    }
    return !known;
  }

  synchronized void remove(TxHash hash) {
    hashes.remove(hash);
  }
}
