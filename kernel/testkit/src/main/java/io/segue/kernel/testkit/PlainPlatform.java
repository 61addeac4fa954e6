package io.segue.kernel.testkit;

import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Platform;
import java.util.Optional;

/** The platform of tests with fake modules: without constants, and no signature is right. */
public record PlainPlatform() implements Platform, Crypto {
  @Override
  public Crypto crypto() {
    return this;
  }

  @Override
  public Optional<String> setting(String name) {
    return Optional.empty();
  }

  @Override
  public boolean verifySecp256k1(byte[] digest, byte[] signature, byte[] publicKey) {
    return false;
  }

  @Override
  public byte[] ripemd160(byte[] data) {
    throw new UnsupportedOperationException("no cryptography in this test");
  }
}
