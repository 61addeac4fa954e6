package io.segue.bundles.consensus.solo.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleTest {
  @Test
  void hasTheHashOfNothingAsTheRootOfNoLeaves() {
    assertThat(HexFormat.of().formatHex(Merkle.root(List.of())))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void hasTheRootThatTheDefinitionGivesForEveryNumberOfLeaves() {
    for (int n = 1; n <= 70; n++) {
      List<byte[]> leaves = leaves(n);
      assertThat(Merkle.root(leaves)).as(n + " leaves").isEqualTo(defined(leaves));
    }
  }

  @Test
  void provesEveryLeaf() {
    for (int n = 1; n <= 20; n++) {
      List<byte[]> leaves = leaves(n);
      for (int i = 0; i < n; i++) {
        Merkle.Proof proof = Merkle.prove(leaves, i);
        assertThat(rootFrom(proof.leafHash(), i, n, proof.aunts(), proof.aunts().size()))
            .as("leaf " + i + " of " + n)
            .isEqualTo(Merkle.root(leaves));
      }
    }
  }

  @Test
  void cutsDataIntoPieces() {
    byte[] data = new byte[10];
    assertThat(Merkle.rootOfPieces(data, 4))
        .isEqualTo(Merkle.root(List.of(new byte[4], new byte[4], new byte[2])));
  }

  private static List<byte[]> leaves(int n) {
    List<byte[]> leaves = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      leaves.add(("leaf " + i).getBytes(StandardCharsets.UTF_8));
    }
    return leaves;
  }

  /** The definition of RFC 6962, word by word. */
  private static byte[] defined(List<byte[]> leaves) {
    if (leaves.size() == 1) {
      return hash(0, leaves.get(0), new byte[0]);
    }
    int k = 1;
    while (k * 2 < leaves.size()) {
      k *= 2;
    }
    return hash(1, defined(leaves.subList(0, k)), defined(leaves.subList(k, leaves.size())));
  }

  private static byte[] rootFrom(byte[] leaf, int index, int total, List<byte[]> aunts, int used) {
    if (total == 1) {
      return leaf;
    }
    int split = Integer.highestOneBit(total - 1);
    byte[] aunt = aunts.get(used - 1);
    return index < split
        ? hash(1, rootFrom(leaf, index, split, aunts, used - 1), aunt)
        : hash(1, aunt, rootFrom(leaf, index - split, total - split, aunts, used - 1));
  }

  private static byte[] hash(int prefix, byte[] left, byte[] right) {
    byte[] data = new byte[1 + left.length + right.length];
    data[0] = (byte) prefix;
    System.arraycopy(left, 0, data, 1, left.length);
    System.arraycopy(right, 0, data, 1 + left.length, right.length);
    return Merkle.sha256(data);
  }
}
