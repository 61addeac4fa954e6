package io.segue.kernel.api.node;

import io.segue.kernel.api.store.HeightUnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What an operator may ask of a running node about its stored state. Implemented by the kernel,
 * called by the shell from any thread; nothing here makes a block wait.
 */
@ProviderType
public interface StateInspection {
  /**
   * The stores at a height, in order of names.
   *
   * @param height 0 for the last committed one
   * @throws HeightUnavailableException where it is above the last committed one or pruned
   */
  List<StoreStatus> stores(long height);

  /**
   * Reads every entry of every store at a height, computes the roots again and compares them with
   * those that were committed. Takes as long as reading the state does, on the calling thread, and
   * memory for one more tree of the largest store.
   *
   * @param height 0 for the last committed one
   * @param progress told now and then, on the calling thread; an exception it throws ends the
   *     verification
   * @return one result a store, in order of names
   * @throws HeightUnavailableException where it is above the last committed one or pruned
   */
  List<StoreCheck> verifyStores(long height, VerifyProgress progress);

  /**
   * Makes a consistent copy of the last committed state in a new directory, by hard links where
   * that is possible. The copy can take the place of another node's {@code data/state}.
   *
   * @param directory absolute; its last part must not exist
   * @throws IOException with what was refused or failed, and what to do
   */
  void checkpoint(Path directory) throws IOException;

  /**
   * The snapshots that this node offers to those who join the chain, the newest first.
   *
   * @since 1.3
   */
  default List<SnapshotStatus> snapshots() {
    return List.of();
  }

  /**
   * A snapshot of the state.
   *
   * @param height whose state it is
   * @param format of its chunks
   * @param chunks in how many pieces it is fetched
   * @param bytes of all of them together
   * @param hash over everything, hex; the same on every node
   * @since 1.3
   */
  record SnapshotStatus(long height, int format, int chunks, long bytes, String hash) {}

  /**
   * A store.
   *
   * @param entries how many keys it has
   * @param root its root, hex
   */
  record StoreStatus(String name, long entries, String root) {}

  /**
   * A store that was verified.
   *
   * @param entries how many were read
   * @param recordedRoot what was committed, hex
   * @param computedRoot what the entries give, hex
   */
  record StoreCheck(String store, long entries, String recordedRoot, String computedRoot) {
    /** Whether the entries give the root that was committed. */
    public boolean sound() {
      return recordedRoot.equals(computedRoot);
    }
  }

  /** Takes how far a verification is. */
  @FunctionalInterface
  interface VerifyProgress {
    /**
     * Some entries were read.
     *
     * @param store the one that is being read
     * @param read entries read so far, of all stores
     * @param total entries of all stores
     */
    void at(String store, long read, long total);
  }
}
