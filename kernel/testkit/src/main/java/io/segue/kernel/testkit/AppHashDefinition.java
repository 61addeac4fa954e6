package io.segue.kernel.testkit;

import static io.segue.kernel.testkit.ProofMessages.concat;
import static io.segue.kernel.testkit.ProofMessages.uvarint;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The app hash as its definition says: the RFC 6962 tree over the stores in order of their names,
 * each with the bytes {@code length of name, name, 0x20, SHA-256 of its root}.
 */
final class AppHashDefinition {
  private AppHashDefinition() {}

  static byte[] of(SortedMap<String, byte[]> roots) {
    return root(leaves(roots));
  }

  /** CommitmentProof that a store has its root. */
  static byte[] prove(SortedMap<String, byte[]> roots, String store, byte[] root) {
    List<byte[]> path = new ArrayList<>();
    path(leaves(roots), roots.headMap(store).size(), path);
    return ProofMessages.exist(
        ProofMessages.existence(store.getBytes(UTF_8), root, ProofMessages.SIMPLE_LEAF, path));
  }

  private static List<byte[]> leaves(SortedMap<String, byte[]> roots) {
    List<byte[]> leaves = new ArrayList<>();
    for (Map.Entry<String, byte[]> store : roots.entrySet()) {
      byte[] name = store.getKey().getBytes(UTF_8);
      leaves.add(
          concat(uvarint(name.length), name, new byte[] {0x20}, Sha256.of(store.getValue())));
    }
    return leaves;
  }

  private static byte[] root(List<byte[]> leaves) {
    if (leaves.isEmpty()) {
      return Sha256.of();
    }
    if (leaves.size() == 1) {
      return Sha256.of(new byte[] {0}, leaves.get(0));
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    return Sha256.of(
        new byte[] {1}, root(leaves.subList(0, split)), root(leaves.subList(split, leaves.size())));
  }

  private static void path(List<byte[]> leaves, int index, List<byte[]> path) {
    if (leaves.size() < 2) {
      return;
    }
    int split = Integer.highestOneBit(leaves.size() - 1);
    List<byte[]> left = leaves.subList(0, split);
    List<byte[]> right = leaves.subList(split, leaves.size());
    if (index < split) {
      path(left, index, path);
      path.add(ProofMessages.leftChild(root(right)));
    } else {
      path(right, index - split, path);
      path.add(ProofMessages.rightChild(root(left)));
    }
  }
}
