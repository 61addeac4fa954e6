package io.segue.bundles.consensus.solo.mempool;

import io.segue.bundles.consensus.solo.wire.Merkle;
import java.nio.ByteBuffer;

/** The SHA-256 of a transaction, as a key. */
public record TxHash(long a, long b, long c, long d) implements Comparable<TxHash> {
  /** Hash of a transaction. */
  public static TxHash of(byte[] tx) {
    return ofHash(Merkle.sha256(tx));
  }

  /** The key for a hash of 32 bytes. */
  public static TxHash ofHash(byte[] hash) {
    ByteBuffer in = ByteBuffer.wrap(hash);
    return new TxHash(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }

  /** The 32 bytes. */
  public byte[] bytes() {
    return ByteBuffer.allocate(32).putLong(a).putLong(b).putLong(c).putLong(d).array();
  }

  @Override
  public int hashCode() {
    return Long.hashCode(a);
  }

  @Override
  public int compareTo(TxHash other) {
    int byA = Long.compareUnsigned(a, other.a);
    if (byA != 0) {
      return byA;
    }
    int byB = Long.compareUnsigned(b, other.b);
    if (byB != 0) {
      return byB;
    }
    int byC = Long.compareUnsigned(c, other.c);
    return byC != 0 ? byC : Long.compareUnsigned(d, other.d);
  }
}
