package io.segue.kernel.testkit;

import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateStore.Subtree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The sparse Merkle tree of ICS-23's SmtSpec, written down as its definition says: the root of no
 * leaves is 32 zero bytes, of one leaf that leaf, of more the hash over the roots of those whose
 * next bit is 0 and of those whose next bit is 1.
 */
final class SparseMerkleDefinition {
  private static final byte[] EMPTY = new byte[32];

  private final List<Leaf> leaves;

  SparseMerkleDefinition(Collection<Leaf> leaves) {
    this.leaves = new ArrayList<>(leaves);
    this.leaves.sort(Comparator.comparing(Leaf::keyHash, Arrays::compareUnsigned));
  }

  byte[] root() {
    return root(leaves, 0);
  }

  /** CommitmentProof that the key has its value, or that it is absent. */
  byte[] prove(byte[] key) {
    byte[] keyHash = Sha256.of(key);
    Leaf left = null;
    Leaf right = null;
    for (Leaf leaf : leaves) {
      int order = Arrays.compareUnsigned(leaf.keyHash(), keyHash);
      if (order == 0) {
        return ProofMessages.exist(existence(leaf));
      } else if (order < 0) {
        left = leaf;
      } else if (right == null) {
        right = leaf;
      }
    }
    if (left == null && right == null) {
      throw new IllegalArgumentException("absence can't be proved in an empty store");
    }
    return ProofMessages.nonexist(key, existenceOrNull(left), existenceOrNull(right));
  }

  /** The parts of the tree one byte below a prefix of key hashes. */
  List<Subtree> subtrees(byte[] prefix) {
    if (prefix.length > StateStore.MAX_PREFIX_BYTES) {
      throw new IllegalArgumentException("a prefix of " + prefix.length + " bytes is too long");
    }
    int bytes = prefix.length + 1;
    Map<Integer, List<Leaf>> byNext = new TreeMap<>();
    for (Leaf leaf : below(prefix)) {
      int next = Byte.toUnsignedInt(leaf.keyHash()[prefix.length]);
      byNext.computeIfAbsent(next, byteAsKey -> new ArrayList<>()).add(leaf);
    }
    return byNext.values().stream()
        .map(
            group ->
                new Subtree(
                    Arrays.copyOf(group.get(0).keyHash(), bytes),
                    root(group, bytes * Byte.SIZE),
                    group.size()))
        .toList();
  }

  /** The leaves whose key hash has a prefix. */
  List<Leaf> below(byte[] prefix) {
    return leaves.stream()
        .filter(leaf -> Arrays.equals(Arrays.copyOf(leaf.keyHash(), prefix.length), prefix))
        .toList();
  }

  private byte @Nullable [] existenceOrNull(@Nullable Leaf leaf) {
    return leaf == null ? null : existence(leaf);
  }

  private byte[] existence(Leaf leaf) {
    List<byte[]> path = new ArrayList<>();
    path(leaves, 0, leaf.keyHash(), path);
    return ProofMessages.existence(leaf.key(), leaf.value(), ProofMessages.SMT_LEAF, path);
  }

  /** Adds the steps from the leaf up to the root of these leaves. */
  private static void path(List<Leaf> leaves, int depth, byte[] keyHash, List<byte[]> path) {
    if (leaves.size() < 2) {
      return;
    }
    int middle = firstRight(leaves, depth);
    List<Leaf> left = leaves.subList(0, middle);
    List<Leaf> right = leaves.subList(middle, leaves.size());
    if (bit(keyHash, depth)) {
      path(right, depth + 1, keyHash, path);
      path.add(ProofMessages.rightChild(root(left, depth + 1)));
    } else {
      path(left, depth + 1, keyHash, path);
      path.add(ProofMessages.leftChild(root(right, depth + 1)));
    }
  }

  private static byte[] root(List<Leaf> leaves, int depth) {
    if (leaves.isEmpty()) {
      return EMPTY;
    }
    if (leaves.size() == 1) {
      return leaves.get(0).hash();
    }
    int middle = firstRight(leaves, depth);
    return Sha256.of(
        new byte[] {1},
        root(leaves.subList(0, middle), depth + 1),
        root(leaves.subList(middle, leaves.size()), depth + 1));
  }

  private static int firstRight(List<Leaf> leaves, int depth) {
    int index = 0;
    while (index < leaves.size() && !bit(leaves.get(index).keyHash(), depth)) {
      index++;
    }
    return index;
  }

  /** Bit 0 is the highest of the first byte. */
  private static boolean bit(byte[] hash, int index) {
    return (hash[index / 8] >> (7 - index % 8) & 1) == 1;
  }

  /** An entry and its hashes. */
  record Leaf(byte[] key, byte[] value, byte[] keyHash, byte[] hash) {
    static Leaf of(byte[] key, byte[] value) {
      byte[] keyHash = Sha256.of(key);
      return new Leaf(key, value, keyHash, Sha256.of(new byte[1], keyHash, Sha256.of(value)));
    }
  }
}
