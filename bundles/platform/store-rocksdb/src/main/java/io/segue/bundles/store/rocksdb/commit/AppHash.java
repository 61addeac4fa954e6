package io.segue.bundles.store.rocksdb.commit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.segue.bundles.store.rocksdb.database.Encoder;
import io.segue.bundles.store.rocksdb.tree.Hasher;
import io.segue.bundles.store.rocksdb.tree.LeafPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The root over all stores: the RFC 6962 tree whose leaves, in order of the names, are {@code
 * length of name || name || 0x20 || SHA-256(root)}, as Cosmos SDK 0.50 has it for its stores.
 */
public final class AppHash {
  private static final byte LEAF = 0;
  private static final byte INNER = 1;
  private static final int MERKLE_ROOT_SIZE = 0x20;

  private AppHash() {}

  static byte[] of(SortedMap<String, byte[]> roots) {
    Hasher hasher = new Hasher();
    return root(leaves(roots, hasher), hasher, new ArrayList<>(), -1);
  }

  /** The way from the leaf of a store to the root. */
  public static LeafPath path(SortedMap<String, byte[]> roots, String store) {
    Hasher hasher = new Hasher();
    List<LeafPath.Step> steps = new ArrayList<>();
    root(leaves(roots, hasher), hasher, steps, roots.headMap(store).size());
    return new LeafPath(steps);
  }

  private static List<byte[]> leaves(SortedMap<String, byte[]> roots, Hasher hasher) {
    List<byte[]> leaves = new ArrayList<>();
    for (Map.Entry<String, byte[]> store : roots.entrySet()) {
      byte[] name = store.getKey().getBytes(UTF_8);
      Encoder leaf = new Encoder(name.length + 64).u8(LEAF).string(name);
      leaf.varint(MERKLE_ROOT_SIZE).raw(hasher.hash(store.getValue()));
      leaves.add(hasher.hash(leaf.toBytes()));
    }
    return leaves;
  }

  /**
   * The root over hashes of leaves. Adds to {@code steps} the way of the leaf {@code index}; -1 for
   * none.
   */
  private static byte[] root(
      List<byte[]> hashes, Hasher hasher, List<LeafPath.Step> steps, int index) {
    int count = hashes.size();
    if (count == 0) {
      return hasher.hash(new byte[0]);
    }
    if (count == 1) {
      return hashes.get(0);
    }
    int split = Integer.highestOneBit(count - 1);
    boolean right = index >= split;
    byte[] leftRoot = root(hashes.subList(0, split), hasher, steps, right ? -1 : index);
    byte[] rightRoot =
        root(hashes.subList(split, count), hasher, steps, right ? index - split : -1);
    if (index >= 0) {
      steps.add(new LeafPath.Step(right, right ? leftRoot : rightRoot));
    }
    return hasher.hash(new Encoder(65).u8(INNER).raw(leftRoot).raw(rightRoot).toBytes());
  }
}
