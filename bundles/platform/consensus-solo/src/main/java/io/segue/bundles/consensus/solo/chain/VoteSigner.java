package io.segue.bundles.consensus.solo.chain;

/** Signs votes as this node's validator. */
public interface VoteSigner {
  /** The validator's Ed25519 public key, 32 bytes. */
  byte[] publicKey();

  /** The Ed25519 signature of {@code message}, 64 bytes. */
  byte[] sign(byte[] message);
}
