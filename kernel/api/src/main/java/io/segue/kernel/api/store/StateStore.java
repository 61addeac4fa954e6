package io.segue.kernel.api.store;

import io.segue.kernel.api.abci.Abci.ProofOp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Named stores of ordered byte keys with a Merkle root each, at the last committed height and at
 * recent past heights. Implemented by a platform bundle, called by the kernel. Other types of the
 * store's technique never appear here, and no caller sees when data reaches the disk before {@link
 * #commit} returns.
 *
 * <p>A store's root is the sparse Merkle tree of ICS-23's {@code SmtSpec} over its entries; the
 * root of the whole (the app hash) is the RFC 6962 tree over (store name, store root), sorted by
 * name. Neither depends on the order in which keys were written.
 *
 * <p>Inside, a store is a number; only the index maps names to numbers, so adding, renaming and
 * deleting cost the same for any number of keys.
 *
 * <p>Thread safety: {@link #stage}, {@link #commit}, {@link #drop}, {@link #bulkWriter} and {@link
 * #clear} are called by one thread, the block thread; everything else by any thread.
 */
@ConsumerType
public interface StateStore extends AutoCloseable {
  /** The last committed height; -1 while nothing was ever committed. */
  long height();

  /** The oldest height that can be read. */
  long oldestHeight();

  /** The app hash at a height that can be read; 32 bytes. */
  byte[] appHash(long height);

  /** What {@link #commit} kept beside the state, at the last committed height. */
  Map<String, byte[]> metadata();

  /**
   * What {@link #commit} kept beside the state at a height.
   *
   * @throws HeightUnavailableException where it is above the last committed height or pruned
   */
  Map<String, byte[]> metadata(long height);

  /** Names and roots of the stores at a height that can be read. */
  SortedMap<String, byte[]> roots(long height);

  /**
   * The state at a height. It does not change while it is open, whatever is committed meanwhile.
   *
   * @throws HeightUnavailableException where it is above the last committed height or pruned
   */
  StateView view(long height);

  /**
   * The last committed state as it will be with these changes of the index; what they adopt from a
   * bulk writer is visible in it.
   */
  StateView view(List<IndexChange> pending);

  /**
   * Computes the roots that changes to the last committed state would give. Nothing becomes visible
   * or referred to. Any number of stagings may be open; each is based on the state committed when
   * it was made.
   *
   * @param index changes of the index, applied first and in order
   * @param changes by store name (after the changes of the index), each sorted by key as unsigned
   *     bytes, without repetition
   * @throws IllegalArgumentException for an unknown store, an empty key or an empty value
   */
  Staged stage(List<IndexChange> index, SortedMap<String, List<Change>> changes);

  /**
   * Makes a staging durable and visible in one synced step, together with height and metadata.
   * Stagings made earlier become invalid.
   *
   * @param height the last committed height plus 1, or any height from 0 up on an empty store
   * @param metadata replaces what was kept
   */
  void commit(Staged staged, long height, Map<String, byte[]> metadata);

  /**
   * Undoes the last commit in one synced step: state, roots, height, metadata and past are what
   * they were before it. Stagings become invalid, bulk stores that nothing refers to are dropped.
   * No view may be open. Takes as long as opening the store does. For a node that is stopped.
   *
   * @throws IllegalStateException where the height before is not kept: there is none, or it is
   *     pruned
   */
  void rollback();

  /**
   * Forgets a staging and frees what it wrote, bulk writers it adopted included. What was written
   * under a {@link BulkIdentity} stays, to be found by the next writer of the same identity.
   */
  void drop(Staged staged);

  /** A writer for a store under a new number that nothing refers to until it is adopted. */
  BulkWriter bulkWriter();

  /**
   * A writer whose work outlives it: it goes on where the last one of an equal identity was cut
   * off, in this process or in one before. Where another identity has the same height and position,
   * what was kept for that one is removed and this writer starts over. Everything that is kept for
   * a height is removed with the commit of that height or of a later one. A writer that is still
   * open ends where what it wrote is removed, or another one goes on with it.
   */
  BulkWriter bulkWriter(BulkIdentity identity);

  /**
   * Two-step proof of presence or absence: {@code ics23:smt} below {@code ics23:simple}.
   *
   * @throws HeightUnavailableException as {@link #view(long)}
   * @throws IllegalArgumentException where it can't be proved (unknown store, absence in an empty
   *     store)
   */
  List<ProofOp> prove(String store, byte[] key, long height);

  /**
   * The parts of a store's tree one byte of the keys' hashes below a prefix. On the way from the
   * root to a key that two states do not have alike, all roots differ, and no others do.
   *
   * @param prefix first bytes of the SHA-256 of keys, at most {@value #MAX_PREFIX_BYTES}; empty for
   *     the whole tree
   * @return those that have keys, in order; at most 256
   * @throws HeightUnavailableException as {@link #view(long)}
   * @throws IllegalArgumentException for an unknown store or a longer prefix
   */
  List<Subtree> subtrees(String store, long height, byte[] prefix);

  /**
   * The keys whose SHA-256 has a prefix, in order of that hash.
   *
   * @param prefix as {@link #subtrees}, or a whole hash
   * @param limit how many at most
   * @throws HeightUnavailableException as {@link #view(long)}
   * @throws IllegalArgumentException as {@link #subtrees}
   */
  List<byte[]> keysBelow(String store, long height, byte[] prefix, int limit);

  /**
   * Calls {@code visitor} with every (store, key) that a commit after {@code height} changed, in
   * order of store and key, without repetition: of the stores that exist at the last height, under
   * their present names. Of a store that was added or adopted after {@code height} these are all of
   * its keys.
   *
   * @throws HeightUnavailableException as {@link #view(long)}
   */
  void changedSince(long height, KeyVisitor visitor);

  /**
   * Computes the root that entries have, from nothing but themselves; any thread. It is how a store
   * is verified against the root that was committed.
   *
   * @param entries of one of this store's views
   * @param read told now and then how many entries were read
   */
  byte[] rootOf(StoreReader entries, LongConsumer read);

  /** A consistent copy in a new directory, by hard links where that is possible. */
  void checkpoint(Path directory) throws IOException;

  /** Removes everything, as if nothing was ever committed. No view may be open. */
  void clear();

  @Override
  void close();

  /** A staging: what {@link #stage} computed. Opaque otherwise. */
  interface Staged {
    /** The app hash, 32 bytes. */
    byte[] appHash();

    /** Roots by store name. */
    SortedMap<String, byte[]> roots();
  }

  /**
   * A change of one key.
   *
   * @param value the new value, or null to delete
   * @param oldKnown whether {@code oldValue} is what the last committed state has; where false the
   *     store reads it itself
   * @param oldValue the value before, or null where the key was absent
   */
  record Change(
      byte[] key, byte @Nullable [] value, boolean oldKnown, byte @Nullable [] oldValue) {}

  /** A change of the map from names to stores. */
  sealed interface IndexChange {
    /** A new, empty store; its name has 1 to 64 letters, digits, '.', '_' and '-'. */
    record Add(String name) implements IndexChange {}

    /** A store under another name. */
    record Rename(String name, String newName) implements IndexChange {}

    /** A store no longer referred to; its rows go when no readable height needs them. */
    record Delete(String name) implements IndexChange {}

    /** What a bulk writer wrote becomes the store of this name, in place of the one that was. */
    record Adopt(String name, BulkStore bulk) implements IndexChange {}
  }

  /**
   * What makes one bulk write the same as another one: equal identities stand for equal entries.
   *
   * @param height the block that the store is written for
   * @param position place among the bulk writes of that block, from 0
   * @param digest of all that the entries follow from: code, state, parameters; hex
   */
  record BulkIdentity(long height, int position, String digest) {}

  /**
   * Takes the entries of a whole store, in any order, in bounded memory; then {@link #finish}
   * completes the store. Called by the block thread, or by one other thread at a time.
   *
   * <p>Who writes under a {@link BulkIdentity}: read {@link #filled} and {@link #cursor} first, go
   * on behind that cursor, and call {@link #save} now and then.
   */
  interface BulkWriter extends AutoCloseable {
    /**
     * Adds an entry.
     *
     * @throws DuplicateKeyException where the key was put before; at the latest {@link #finish}
     *     throws it
     * @throws StoreFullException where the disk has no room
     */
    void put(byte[] key, byte[] value);

    /**
     * Says how to go on behind the entries put so far. The writer makes cursor and entries durable
     * together when enough of them have gathered; who goes on later finds the cursor of such a
     * moment, and the entries put up to it. Does nothing without an identity.
     *
     * @param cursor not empty; at most {@value #MAX_CURSOR_BYTES} bytes
     */
    void save(byte[] cursor);

    /** The cursor to go on behind; empty where the writer starts over. */
    byte[] cursor();

    /** Whether all entries are there already, so that only {@link #finish} is left. */
    boolean filled();

    /**
     * Goes on with completing the store, its root included; no entry can be put any more.
     *
     * @param budgetNs about how long
     * @return the store; empty while there is more to do
     * @throws DuplicateKeyException where a key was put twice
     * @throws StoreFullException where the disk has no room
     */
    Optional<BulkStore> finish(long budgetNs);

    /** Completes the store in one piece. */
    default BulkStore finish() {
      Optional<BulkStore> store = finish(Long.MAX_VALUE);
      while (store.isEmpty()) {
        store = finish(Long.MAX_VALUE);
      }
      return store.get();
    }

    /** How much of {@link #finish} is done, from 0 to 1. */
    double finished();

    /** Removes everything, what was saved included, unless {@link #finish} gave the store. */
    void discard();

    /**
     * Lets go: what was saved under an identity stays for who goes on, everything else is removed,
     * unless {@link #finish} gave the store.
     */
    @Override
    void close();

    /** Bytes of a cursor at most. */
    int MAX_CURSOR_BYTES = 65_536;
  }

  /** Bytes of a prefix of a key's hash that has subtrees below it, at most. */
  int MAX_PREFIX_BYTES = 31;

  /**
   * A part of a store's tree.
   *
   * @param prefix what the hashes of its keys begin with
   * @param root its root, 32 bytes; of one key alone that of its leaf
   * @param keys how many it has, 1 or more
   */
  record Subtree(byte[] prefix, byte[] root, long keys) {}

  /** A complete store that nothing refers to yet. */
  interface BulkStore {
    /** Its root. */
    byte[] root();

    /** Number of entries. */
    long size();
  }

  /** Takes (store, key). */
  @FunctionalInterface
  interface KeyVisitor {
    void visit(String store, byte[] key);
  }
}
