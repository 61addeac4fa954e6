package io.segue.kernel.core.module;

import io.segue.kernel.api.module.Crypto;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Cryptography that remembers which signatures it found right, so that a transaction is verified
 * once: by CheckTx, on the caller's thread, and no more in its block. Verification is a pure
 * function, so nobody can tell the difference but by the clock. Wrong signatures are not kept:
 * there is no end of them.
 *
 * <p>Keeps the last {@code capacity} to twice as many signatures. Any thread.
 */
public final class RememberedSignatures implements Crypto {
  /** Signatures of about four full mempools; about 10 MB. */
  public static final int CAPACITY = 20_000;

  private static final int DIGEST_BYTES = 32;

  private final Crypto crypto;
  private final int capacity;
  private volatile Map<Signed, Boolean> recent = new ConcurrentHashMap<>();
  private volatile Map<Signed, Boolean> older = Map.of();

  /** Remembers {@link #CAPACITY} signatures at least. */
  public RememberedSignatures(Crypto crypto) {
    this(crypto, CAPACITY);
  }

  RememberedSignatures(Crypto crypto, int capacity) {
    this.crypto = crypto;
    this.capacity = capacity;
  }

  @Override
  public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
    if (digest.length != DIGEST_BYTES) {
      return crypto.verifySecp256k1(digest, signature, publicKey);
    }
    Signed signed = Signed.of(digest, signature, publicKey);
    if (recent.containsKey(signed) || older.containsKey(signed)) {
      return true;
    }
    boolean right = crypto.verifySecp256k1(digest, signature, publicKey);
    if (right) {
      remember(signed);
    }
    return right;
  }

  @Override
  public byte[] ripemd160(byte[] data) {
    return crypto.ripemd160(data);
  }

  private void remember(Signed signed) {
    recent.put(signed, Boolean.TRUE);
    if (recent.size() >= capacity) {
      synchronized (this) {
        if (recent.size() >= capacity) {
          older = recent;
          recent = new ConcurrentHashMap<>();
        }
      }
    }
  }

  /** Everything a verification depends on, lengths included. */
  private record Signed(byte[] bytes) implements Comparable<Signed> {
    static Signed of(byte[] digest, byte[] signature, byte[] publicKey) {
      return new Signed(
          ByteBuffer.allocate(digest.length + Integer.BYTES + signature.length + publicKey.length)
              .put(digest)
              .putInt(signature.length)
              .put(signature)
              .put(publicKey)
              .array());
    }

    @Override
    public int compareTo(Signed other) {
      return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Signed signed && Arrays.equals(bytes, signed.bytes);
    }

    @Override
    public int hashCode() {
      return ByteBuffer.wrap(bytes).getInt(DIGEST_BYTES - Integer.BYTES);
    }
  }
}
