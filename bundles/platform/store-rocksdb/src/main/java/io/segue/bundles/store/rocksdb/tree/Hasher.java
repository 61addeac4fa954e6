package io.segue.bundles.store.rocksdb.tree;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * The three hashes of the tree, by one digest that is used again and again. One thread at a time:
 * whoever hashes much makes one of its own.
 *
 * <pre>
 * key hash = SHA-256(key)
 * leaf     = SHA-256(00 || SHA-256(key) || SHA-256(value))
 * inner    = SHA-256(01 || left || right)
 * </pre>
 */
public final class Hasher {
  /** Bytes of a hash. */
  public static final int SIZE = 32;

  /** A node's input: a prefix byte and two hashes. */
  static final int NODE_SIZE = 1 + 2 * SIZE;

  /** Levels of a tree: one a bit of the key hash, and the root. */
  private static final int LEVELS = 8 * SIZE + 1;

  private final MessageDigest digest;
  private final byte[] leaf = new byte[NODE_SIZE];

  /** One node's input for each level, so that a recursion over levels allocates nothing. */
  private final byte[] levels = new byte[LEVELS * NODE_SIZE];

  public Hasher() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** SHA-256 of all of {@code input}. */
  public byte[] hash(byte[] input) {
    return digest.digest(input);
  }

  /** Writes the key hash and behind it the leaf hash of an entry. */
  public void entry(byte[] key, byte[] value, byte[] out, int offset) {
    digest.update(key);
    finish(out, offset);
    System.arraycopy(out, offset, leaf, 1, SIZE);
    digest.update(value);
    finish(leaf, 1 + SIZE);
    digest.update(leaf);
    finish(out, offset + SIZE);
  }

  /** Writes the inner node over two neighbours in an array, {@code left || right}. */
  void inner(byte[] children, int leftOffset, byte[] out, int offset) {
    digest.update((byte) 1);
    digest.update(children, leftOffset, 2 * SIZE);
    finish(out, offset);
  }

  /**
   * Writes the root of some leaves.
   *
   * @param leaves key hash and leaf hash of each, sorted by key hash
   * @param from index of the first leaf
   * @param to index behind the last one
   * @param depth how many bits they share; deeper bits place them
   */
  void root(byte[] leaves, int from, int to, int depth, byte[] out, int offset) {
    if (to - from == 1) {
      System.arraycopy(leaves, from * Leaves.STRIDE + SIZE, out, offset, SIZE);
    } else if (from == to) {
      Arrays.fill(out, offset, offset + SIZE, (byte) 0);
    } else {
      int middle = Leaves.firstWithBit(leaves, from, to, depth);
      int node = depth * NODE_SIZE;
      root(leaves, from, middle, depth + 1, levels, node + 1);
      root(leaves, middle, to, depth + 1, levels, node + 1 + SIZE);
      levels[node] = 1;
      digest.update(levels, node, NODE_SIZE);
      finish(out, offset);
    }
  }

  private void finish(byte[] out, int offset) {
    try {
      digest.digest(out, offset, SIZE);
    } catch (DigestException e) {
      throw new IllegalStateException("no room for a hash at " + offset + " of " + out.length, e);
    }
  }
}
