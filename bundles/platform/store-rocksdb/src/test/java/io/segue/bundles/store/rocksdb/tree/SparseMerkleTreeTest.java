package io.segue.bundles.store.rocksdb.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class SparseMerkleTreeTest {
  private static final byte[] NO_LEAF = new byte[32];

  private final Random random = new Random(3);
  private final TreeMap<byte[], byte[]> leaves = new TreeMap<>(Arrays::compareUnsigned);

  @Test
  void hasARootOfZerosWithoutLeaves() {
    assertThat(SparseMerkleTree.EMPTY.root()).isEqualTo(NO_LEAF);
    assertThat(SparseMerkleTree.EMPTY.size()).isZero();
    assertThat(SparseMerkleTree.EMPTY.path(hash())).isNull();
    assertThat(SparseMerkleTree.EMPTY.below(hash())).isNull();
    assertThat(SparseMerkleTree.EMPTY.above(hash())).isNull();
  }

  @Test
  void hasTheRootOfItsDefinitionAtEverySize() {
    SparseMerkleTree tree = SparseMerkleTree.EMPTY;
    for (int size = 1; size <= 120; size++) {
      tree = tree.with(set(hash()));
      assertThat(tree.size()).isEqualTo(size);
      assertThat(tree.root()).as("%s leaves", size).isEqualTo(definition());
    }
    for (byte[] keyHash : shuffled()) {
      tree = tree.with(remove(keyHash));
      assertThat(tree.size()).isEqualTo(leaves.size());
      assertThat(tree.root()).as("%s leaves", leaves.size()).isEqualTo(definition());
    }
    assertThat(tree.root()).isEqualTo(NO_LEAF);
  }

  @Test
  void placesKeysThatShareAnyNumberOfBits() {
    SparseMerkleTree tree = SparseMerkleTree.EMPTY;
    byte[] chosen = hash();
    for (int bits = 0; bits < 256; bits += 5) {
      tree = tree.with(set(chosen)).with(set(flipped(chosen, bits)));
      assertThat(tree.root()).as("%s bits shared", bits).isEqualTo(definition());
    }
    assertPathsAndNeighbours(tree);
    for (byte[] keyHash : shuffled()) {
      tree = tree.with(remove(keyHash));
      assertThat(tree.root()).isEqualTo(definition());
    }
  }

  @Test
  void worksOnWhenChosenKeysOverfillABranch() {
    byte[] prefix = hash();
    List<byte[]> chosen = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      byte[] keyHash = hash();
      System.arraycopy(prefix, 0, keyHash, 0, 7);
      chosen.add(keyHash);
    }
    SparseMerkleTree tree = SparseMerkleTree.EMPTY.with(set(chosen.toArray(byte[][]::new)));
    assertThat(tree.size()).isEqualTo(3000);
    assertThat(tree.root()).isEqualTo(definition());
    tree = tree.with(remove(chosen.subList(5, 3000).toArray(byte[][]::new)));
    assertThat(tree.size()).isEqualTo(5);
    assertThat(tree.root()).isEqualTo(definition());
  }

  @Test
  void givesOneRootWhetherBuiltAtOnceOrGrown() {
    SparseMerkleTree grown = SparseMerkleTree.EMPTY;
    for (int round = 0; round < 20; round++) {
      byte[][] batch = new byte[500][];
      for (int i = 0; i < batch.length; i++) {
        batch[i] = hash();
      }
      grown = grown.with(set(batch));
    }
    TreeBuilder builder = new TreeBuilder();
    for (byte[] keyHash : shuffled()) {
      builder.add(leaf(keyHash, leaves.get(keyHash)));
    }
    SparseMerkleTree built = builder.build();
    assertThat(built.size()).isEqualTo(grown.size()).isEqualTo(10_000);
    assertThat(built.root()).isEqualTo(grown.root()).isEqualTo(definition());
    assertThat(new TreeBuilder().build().root()).isEqualTo(NO_LEAF);
  }

  @Test
  void takesSetsAndRemovalsInOneBatch() {
    SparseMerkleTree tree = SparseMerkleTree.EMPTY;
    for (int round = 0; round < 200; round++) {
      ByteArrayOutputStream batch = new ByteArrayOutputStream();
      List<byte[]> present = shuffled();
      for (byte[] keyHash : present.subList(0, Math.min(present.size(), random.nextInt(40)))) {
        boolean remove = random.nextBoolean();
        byte[] value = remove ? NO_LEAF : hash();
        batch.writeBytes(leaf(keyHash, value));
        if (remove) {
          leaves.remove(keyHash);
        } else {
          leaves.put(keyHash, value);
        }
      }
      for (int added = random.nextInt(40); added > 0; added--) {
        byte[] keyHash = hash();
        leaves.put(keyHash, hash());
        batch.writeBytes(leaf(keyHash, leaves.get(keyHash)));
      }
      batch.writeBytes(leaf(hash(), NO_LEAF));
      tree = tree.with(LeafBatch.ofLeaves(batch.toByteArray()));
      assertThat(tree.size()).isEqualTo(leaves.size());
      assertThat(tree.root()).as("round %s", round).isEqualTo(definition());
    }
    assertPathsAndNeighbours(tree);
  }

  @Test
  void staysAsItIsWhenAnotherIsMadeFromIt() {
    byte[][] first = new byte[1000][];
    for (int i = 0; i < first.length; i++) {
      first[i] = hash();
    }
    SparseMerkleTree tree = SparseMerkleTree.EMPTY.with(set(first));
    byte[] root = definition();
    tree.with(remove(Arrays.copyOf(first, 990)));
    tree.with(set(hash(), hash()));
    leaves.clear();
    set(first);
    assertThat(tree.root()).isEqualTo(root);
    assertThat(tree.size()).isEqualTo(1000);
    for (byte[] keyHash : first) {
      assertThat(tree.path(keyHash)).isNotNull();
    }
  }

  @Test
  void refusesToBuildFromALeafThatIsThereTwice() {
    TreeBuilder builder = new TreeBuilder();
    byte[] keyHash = hash();
    builder.add(leaf(keyHash, hash()));
    builder.add(leaf(hash(), hash()));
    builder.add(leaf(keyHash, hash()));
    assertThatIllegalStateException().isThrownBy(builder::build).withMessageContaining("same");
  }

  /** The path of each leaf leads to the root; its neighbours are those in order of key hash. */
  private void assertPathsAndNeighbours(SparseMerkleTree tree) {
    Hasher hasher = new Hasher();
    for (Map.Entry<byte[], byte[]> entry : leaves.entrySet()) {
      byte[] keyHash = entry.getKey();
      LeafPath path = tree.path(keyHash);
      assertThat(path).isNotNull();
      byte[] node = entry.getValue();
      for (LeafPath.Step step : path.steps()) {
        node =
            hasher.hash(
                inner(step.right() ? step.sibling() : node, step.right() ? node : step.sibling()));
      }
      assertThat(node).isEqualTo(tree.root());
      assertThat(tree.below(keyHash)).isEqualTo(leaves.lowerKey(keyHash));
      assertThat(tree.above(keyHash)).isEqualTo(leaves.higherKey(keyHash));
    }
    for (int i = 0; i < 200; i++) {
      byte[] absent = hash();
      assertThat(tree.path(absent)).isNull();
      assertThat(tree.below(absent)).isEqualTo(leaves.lowerKey(absent));
      assertThat(tree.above(absent)).isEqualTo(leaves.higherKey(absent));
    }
  }

  private LeafBatch set(byte[]... keyHashes) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (byte[] keyHash : keyHashes) {
      leaves.put(keyHash, hash());
      batch.writeBytes(leaf(keyHash, leaves.get(keyHash)));
    }
    return LeafBatch.ofLeaves(batch.toByteArray());
  }

  private LeafBatch remove(byte[]... keyHashes) {
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    for (byte[] keyHash : keyHashes) {
      leaves.remove(keyHash);
      batch.writeBytes(leaf(keyHash, NO_LEAF));
    }
    return LeafBatch.ofLeaves(batch.toByteArray());
  }

  private List<byte[]> shuffled() {
    List<byte[]> keyHashes = new ArrayList<>(leaves.keySet());
    Collections.shuffle(keyHashes, random);
    return keyHashes;
  }

  private byte[] hash() {
    byte[] hash = new byte[32];
    random.nextBytes(hash);
    return hash;
  }

  private static byte[] flipped(byte[] hash, int bit) {
    byte[] result = hash.clone();
    result[bit / 8] ^= (byte) (0x80 >> bit % 8);
    return result;
  }

  private static byte[] leaf(byte[] keyHash, byte[] leafHash) {
    byte[] leaf = Arrays.copyOf(keyHash, 64);
    System.arraycopy(leafHash, 0, leaf, 32, 32);
    return leaf;
  }

  private static byte[] inner(byte[] left, byte[] right) {
    return new BigInteger(
            "01" + HexFormat.of().formatHex(left) + HexFormat.of().formatHex(right), 16)
        .toByteArray();
  }

  /** The root as the definition says, over the leaves in a map. */
  private byte[] definition() {
    return definition(new ArrayList<>(leaves.entrySet()), 0);
  }

  private static byte[] definition(List<Map.Entry<byte[], byte[]>> leaves, int depth) {
    if (leaves.size() < 2) {
      return leaves.isEmpty() ? NO_LEAF : leaves.get(0).getValue();
    }
    List<Map.Entry<byte[], byte[]>> left = new ArrayList<>();
    List<Map.Entry<byte[], byte[]>> right = new ArrayList<>();
    for (Map.Entry<byte[], byte[]> leaf : leaves) {
      boolean set = new BigInteger(1, leaf.getKey()).testBit(255 - depth);
      (set ? right : left).add(leaf);
    }
    return new Hasher().hash(inner(definition(left, depth + 1), definition(right, depth + 1)));
  }
}
