package io.segue.kernel.api.module;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Cryptography that the JDK lacks. A platform bundle implements it; modules call it through {@link
 * Platform}, from several threads. Every method is a pure function of its arguments.
 */
@ConsumerType
public interface Crypto {
  /**
   * Verifies an ECDSA signature over secp256k1.
   *
   * @param digest 32 bytes
   * @param signature 64 bytes, r then s, big endian; high s is refused
   * @param publicKey 33 bytes, compressed
   * @return false for a wrong signature and for malformed input alike
   */
  boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey);

  /** RIPEMD-160 of {@code data}, 20 bytes. */
  byte[] ripemd160(byte[] data);
}
