package io.segue.kernel.api.store;

import io.segue.kernel.api.abci.Abci.ProofOp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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

  /** Forgets a staging and frees what it wrote, bulk writers it adopted included. */
  void drop(Staged staged);

  /** A writer for a store under a new number that nothing refers to until it is adopted. */
  BulkWriter bulkWriter();

  /**
   * Two-step proof of presence or absence: {@code ics23:smt} below {@code ics23:simple}.
   *
   * @throws HeightUnavailableException as {@link #view(long)}
   * @throws IllegalArgumentException where it can't be proved (unknown store, absence in an empty
   *     store)
   */
  List<ProofOp> prove(String store, byte[] key, long height);

  /**
   * Calls {@code visitor} with every (store, key) that a commit after {@code height} changed, in
   * order of store and key, without repetition.
   */
  void changedSince(long height, KeyVisitor visitor);

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
    /** A new, empty store. */
    record Add(String name) implements IndexChange {}

    /** A store under another name. */
    record Rename(String name, String newName) implements IndexChange {}

    /** A store no longer referred to; its rows go when no readable height needs them. */
    record Delete(String name) implements IndexChange {}

    /** What a bulk writer wrote becomes the store of this name. */
    record Adopt(String name, BulkStore bulk) implements IndexChange {}
  }

  /** Takes the entries of a whole store, in any order, in bounded memory. */
  interface BulkWriter extends AutoCloseable {
    /**
     * Adds an entry; block thread or one other thread at a time.
     *
     * @throws DuplicateKeyException where the key was put before; at the latest {@link #finish}
     *     throws it
     */
    void put(byte[] key, byte[] value);

    /** Completes the store, its root included. */
    BulkStore finish();

    /** Drops everything unless {@link #finish} was called. */
    @Override
    void close();
  }

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
