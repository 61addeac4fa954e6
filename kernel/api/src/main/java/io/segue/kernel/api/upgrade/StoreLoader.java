package io.segue.kernel.api.upgrade;

import io.segue.kernel.api.store.StoreReader;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * An application's own loader of one store, for what a {@link Rewriter} can't say because it needs
 * more than one entry at a time: to join stores, to group entries, to build an index. Written by
 * the builder of the chain, made by the {@link UpgradeHandler} with all its constants, called by
 * the kernel on the block thread.
 *
 * <p>It fills the store in steps, each of which goes on from a cursor: bytes of the loader's own
 * making that say all about how to go on, since a node that is killed goes on from one of them with
 * a new object. What it puts must follow from the source and the constants alone, and be the same
 * however long the steps are. It must not keep anything between two steps but what it can do
 * without, and must not use the source after a step has returned.
 *
 * <pre>{@code
 * // Puts the sum of all balances of each owner into a store of its own.
 * public Optional<byte[]> step(byte[] cursor, int budget, Source source, Rewriter.Sink sink) {
 *   try (KVIterator balances = source.store("bank").iterate(cursor, null, false)) {
 *     byte[] owner = null;
 *     long sum = 0;
 *     while (balances.next()) {
 *       byte[] next = ownerOf(balances.key());
 *       if (owner != null && !Arrays.equals(owner, next)) {
 *         sink.put(owner, encode(sum));
 *         sum = 0;
 *         if (--budget <= 0) {
 *           return Optional.of(next);
 *         }
 *       }
 *       owner = next;
 *       sum += decode(balances.value());
 *     }
 *     if (owner != null) {
 *       sink.put(owner, encode(sum));
 *     }
 *   }
 *   return Optional.empty();
 * }
 * }</pre>
 */
@ConsumerType
public interface StoreLoader {
  /**
   * Puts some of the store's entries.
   *
   * <p>An exception holds the node, with nothing of the store kept; its message should name the
   * entry. A key that is put twice, in whatever steps, is an error, too.
   *
   * @param cursor empty for the first step, then what the step before returned; at most 65,000
   *     bytes
   * @param budget about how many entries to read and put before the step returns, so that the node
   *     can show how far it is and be stopped
   * @param source the state, as the loads before this one left it
   * @param sink takes the entries of the new store
   * @return the cursor to go on from, never the one that was given; empty where the store is
   *     complete
   */
  Optional<byte[]> step(byte[] cursor, int budget, Source source, Rewriter.Sink sink);

  /**
   * Whether it works in steps. One that can't is called once, with an empty cursor and no limit to
   * its budget, and must then return nothing: the node shows no progress meanwhile, and starts the
   * load again when it is killed.
   */
  default boolean stepwise() {
    return true;
  }

  /** The state that a loader reads. */
  @FunctionalInterface
  interface Source {
    /**
     * One of the stores.
     *
     * @throws IllegalArgumentException where there is none of this name
     */
    StoreReader store(String name);
  }
}
