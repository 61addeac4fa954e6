package io.segue.bundles.consensus.solo.wire;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962 as CometBFT uses it: SHA-256, leaves prefixed by 00 and inner nodes
 * by 01, split at the largest power of two below the number of leaves.
 */
public final class Merkle {
  /** Root of a tree without leaves: SHA-256 of nothing. */
  private static final byte[] EMPTY = sha256(new byte[0]);

  private Merkle() {}

  /** A proof that one leaf is in a tree; aunts from the leaf to the root. */
  public record Proof(int total, int index, byte[] leafHash, List<byte[]> aunts) {}

  /** SHA-256. */
  public static byte[] sha256(byte[] data) {
    return digest().digest(data);
  }

  /** Root of a tree without leaves. */
  public static byte[] emptyRoot() {
    return EMPTY.clone();
  }

  /** Root over {@code leaves}. */
  public static byte[] root(List<byte[]> leaves) {
    return rootOfHashes(leafHashes(leaves));
  }

  /** Root over the pieces of {@code data}, each of {@code pieceBytes} but the last. */
  public static byte[] rootOfPieces(byte[] data, int pieceBytes) {
    MessageDigest digest = digest();
    List<byte[]> level = new ArrayList<>();
    for (int start = 0; start < data.length; start += pieceBytes) {
      digest.update((byte) 0);
      digest.update(data, start, Math.min(pieceBytes, data.length - start));
      level.add(digest.digest());
    }
    return rootOfHashes(level);
  }

  /** Proof for the leaf at {@code index}. */
  public static Proof prove(List<byte[]> leaves, int index) {
    List<byte[]> hashes = leafHashes(leaves);
    List<byte[]> aunts = new ArrayList<>();
    collectAunts(digest(), hashes, 0, hashes.size(), index, aunts);
    return new Proof(hashes.size(), index, hashes.get(index), aunts);
  }

  private static List<byte[]> leafHashes(List<byte[]> leaves) {
    MessageDigest digest = digest();
    List<byte[]> hashes = new ArrayList<>(leaves.size());
    for (byte[] leaf : leaves) {
      digest.update((byte) 0);
      hashes.add(digest.digest(leaf));
    }
    return hashes;
  }

  /**
   * Joins neighbours level by level; an odd one at the end moves up. That is the same tree as the
   * one split at powers of two.
   */
  private static byte[] rootOfHashes(List<byte[]> leafHashes) {
    if (leafHashes.isEmpty()) {
      return emptyRoot();
    }
    MessageDigest digest = digest();
    byte[][] level = leafHashes.toArray(new byte[0][]);
    int count = level.length;
    while (count > 1) {
      int above = 0;
      for (int i = 0; i + 1 < count; i += 2) {
        level[above++] = inner(digest, level[i], level[i + 1]);
      }
      if (count % 2 == 1) {
        level[above++] = level[count - 1];
      }
      count = above;
    }
    return level[0];
  }

  private static void collectAunts(
      MessageDigest digest, List<byte[]> hashes, int from, int to, int index, List<byte[]> aunts) {
    if (to - from == 1) {
      return;
    }
    int split = from + Integer.highestOneBit(to - from - 1);
    if (index < split) {
      collectAunts(digest, hashes, from, split, index, aunts);
      aunts.add(rootOfHashes(hashes.subList(split, to)));
    } else {
      collectAunts(digest, hashes, split, to, index, aunts);
      aunts.add(rootOfHashes(hashes.subList(from, split)));
    }
  }

  private static byte[] inner(MessageDigest digest, byte[] left, byte[] right) {
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  /** A digest of SHA-256 to be fed. */
  public static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
