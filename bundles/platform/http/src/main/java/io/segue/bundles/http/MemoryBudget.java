package io.segue.bundles.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The bytes of requests and answers that all clients together have waiting here. What each has of
 * small ones is not counted, so large ones can't keep those from being answered. Thread safe.
 */
final class MemoryBudget {
  /** So many bytes each client may have at any time. */
  static final int FREE_BYTES = 64 << 10;

  private final long maxBytes;
  private final AtomicLong taken = new AtomicLong();

  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** What one client has of it. Used by one thread at a time. */
  final class Share {
    private long counted;

    /**
     * Says how many bytes the client has now.
     *
     * @return false where the budget has no more: the share stays as it was
     */
    boolean resize(long bytes) {
      long wanted = Math.max(0, bytes - FREE_BYTES);
      long more = wanted - counted;
      if (more > 0 && taken.addAndGet(more) > maxBytes) {
        taken.addAndGet(-more);
        return false;
      }
      if (more < 0) {
        taken.addAndGet(more);
      }
      counted = wanted;
      return true;
    }
  }

  Share share() {
    return new Share();
  }

  /** The bytes that are counted now. */
  long takenBytes() {
    return taken.get();
  }
}
