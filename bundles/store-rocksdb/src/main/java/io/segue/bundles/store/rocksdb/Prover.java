package io.segue.bundles.store.rocksdb;

import io.segue.bundles.store.rocksdb.Database.Family;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.bundles.store.rocksdb.tree.LeafPath;
import io.segue.bundles.store.rocksdb.tree.SparseMerkleTree;
import io.segue.kernel.api.abci.Abci.ProofOp;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Proves one key of one store at one height. */
final class Prover {
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
  Prover(PinnedHeight height, String store, PastTrees trees) {
    this.height = height;
    this.store = store;
    this.reader = height.view().reader(store);
    this.tree = trees.tree(height, reader.source().number());
  }

  /** The steps from the key to the store's root, and from there to the app hash. */
  List<ProofOp> prove(byte[] key) {
    Entries.check(key, null);
    byte[] name = store.getBytes(StandardCharsets.UTF_8);
    LeafPath path = AppHash.path(height.record().roots(), store);
    byte[] simple =
        ProofMessage.exist(
            ProofMessage.existence(name, tree.root(), ProofMessage.SIMPLE_LEAF, path));
    return List.of(new ProofOp(SMT, key, smt(key)), new ProofOp(SIMPLE, name, simple));
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
    byte[] deleted = height.view().read(() -> source.wayBack().deletedKey(keyHash, hasher));
    if (deleted == null) {
      throw new DamagedStoreException("a leaf of store " + store + " has no key");
    }
    return deleted;
  }
}
