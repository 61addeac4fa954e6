package io.segue.bundles.store.rocksdb.view;

import io.segue.bundles.store.rocksdb.commit.AppHash;
import io.segue.bundles.store.rocksdb.database.DamagedStoreException;
import io.segue.bundles.store.rocksdb.database.Database.Family;
import io.segue.bundles.store.rocksdb.database.EntryRules;
import io.segue.bundles.store.rocksdb.database.Rows;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.bundles.store.rocksdb.tree.LeafPath;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.abci.Abci.ProofOp;
import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.Subtree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proves keys of one store at one height, and shows its tree. */
public final class Prover {
  private static final String SMT = "ics23:smt";
  private static final String SIMPLE = "ics23:simple";

  private final PinnedHeight height;
  private final String store;
  private final LayeredReader reader;
  private final SparseMerkleTree tree;
  private final Hasher hasher = new Hasher();

  /**
   * @throws IllegalArgumentException where there is no such store
   */
  public Prover(PinnedHeight height, String store, PastTrees trees) {
    this.height = height;
    this.store = store;
    this.reader = height.view().reader(store);
    this.tree = trees.tree(height, reader.source().number());
  }

  /** The steps from the key to the store's root, and from there to the app hash. */
  public List<ProofOp> prove(byte[] key) {
    EntryRules.check(key, null);
    byte[] name = store.getBytes(StandardCharsets.UTF_8);
    LeafPath path = AppHash.path(height.record().roots(), store);
    byte[] simple =
        ProofMessage.exist(
            ProofMessage.existence(name, tree.root(), ProofMessage.SIMPLE_LEAF, path));
    return List.of(new ProofOp(SMT, key, smt(key)), new ProofOp(SIMPLE, name, simple));
  }

  /** The parts of the tree one byte below a prefix. */
  public List<Subtree> subtrees(byte[] prefix) {
    if (prefix.length > StateStore.MAX_PREFIX_BYTES) {
      throw new IllegalArgumentException(
          "a prefix of "
              + prefix.length
              + " bytes has no subtrees below it; at most "
              + StateStore.MAX_PREFIX_BYTES);
    }
    List<Subtree> subtrees = new ArrayList<>();
    int bytes = prefix.length + 1;
    tree.subtrees(
        prefix,
        bytes * Byte.SIZE,
        (keyHash, root, leaves) ->
            subtrees.add(new Subtree(Arrays.copyOf(keyHash, bytes), root, leaves)));
    return subtrees;
  }

  /** The first keys whose hash has a prefix, in order of it. */
  public List<byte[]> keysBelow(byte[] prefix, int limit) {
    if (prefix.length > Hasher.SIZE) {
      throw new IllegalArgumentException(
          "a prefix of " + prefix.length + " bytes is longer than a hash");
    }
    return tree.keyHashes(prefix, limit).stream().map(this::key).toList();
  }

  private byte[] smt(byte[] key) {
    byte[] keyHash = hasher.hash(key);
    LeafPath path = tree.path(keyHash);
    if (path != null) {
      return ProofMessage.exist(existence(key, path));
    }
    byte[] below = tree.below(keyHash);
    byte[] above = tree.above(keyHash);
    if (below == null && above == null) {
      throw new IllegalArgumentException(
          "store "
              + store
              + " is empty at height "
              + height.record().height()
              + ": absence in it can't be proved");
    }
    return ProofMessage.nonexist(key, neighbour(below), neighbour(above));
  }

  private byte @Nullable [] neighbour(byte @Nullable [] keyHash) {
    if (keyHash == null) {
      return null;
    }
    LeafPath path = tree.path(keyHash);
    if (path == null) {
      throw new IllegalStateException("a leaf of the tree has no path");
    }
    return existence(key(keyHash), path);
  }

  private byte[] existence(byte[] key, LeafPath path) {
    byte[] value = reader.get(key);
    if (value == null) {
      throw new DamagedStoreException("a key of store " + store + " has a leaf but no row");
    }
    return ProofMessage.existence(key, value, ProofMessage.SMT_LEAF, path);
  }

  /** The key with a hash: by its row, or among those that were deleted since. */
  private byte[] key(byte[] keyHash) {
    RocksView.Source source = reader.source();
    byte[] row = Rows.row(source.number(), keyHash);
    byte[] key = height.view().read(() -> source.rows().get(Family.KEYS, row));
    if (key != null) {
      return key;
    }
    byte[] deleted = height.view().read(() -> source.undo().deletedKey(keyHash, hasher));
    if (deleted == null) {
      throw new DamagedStoreException("a leaf of store " + store + " has no key");
    }
    return deleted;
  }
}
