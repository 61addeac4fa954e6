package io.segue.bundles.auth;

import io.segue.bundles.crypto.Secp256k1Crypto;
import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Platform;
import java.util.Optional;

/** The real cryptography, and addresses that begin with {@code cosmos}. */
public record TestPlatform(Crypto crypto) implements Platform {
  public TestPlatform() {
    this(new Secp256k1Crypto());
  }

  @Override
  public Optional<String> setting(String name) {
    return name.equals("bech32.prefix") ? Optional.of("cosmos") : Optional.empty();
  }
}
