package io.segue.kernel.api.upgrade;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Rewrites a store entry by entry. A pure function of one pair, with constants fixed before it
 * starts: it sees nothing else, is called in any order and from several threads, and may be called
 * again for the same pair. An exception holds the node; the message should name the key.
 */
@ConsumerType
@FunctionalInterface
public interface Rewriter {
  /** Gives {@code sink} what this entry becomes: nothing, one pair, or several. */
  void rewrite(byte[] key, byte[] value, Sink sink);

  /** Takes the new pairs. */
  @FunctionalInterface
  interface Sink {
    /** Neither may be empty; two entries that give one key are an error that names both. */
    void put(byte[] key, byte[] value);
  }
}
