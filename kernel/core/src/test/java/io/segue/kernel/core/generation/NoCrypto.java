package io.segue.kernel.core.generation;

import io.segue.kernel.api.module.Crypto;

/** For modules that verify nothing. */
public final class NoCrypto implements Crypto {
  @Override
  public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
    return false;
  }

  @Override
  public byte[] ripemd160(byte[] data) {
    throw new UnsupportedOperationException("these tests hash nothing");
  }
}
