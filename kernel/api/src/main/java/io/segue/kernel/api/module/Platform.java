package io.segue.kernel.api.module;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** What the kernel lends to a module for as long as the module lives. */
@ProviderType
public interface Platform {
  /** Cryptography that the JDK lacks. */
  Crypto crypto();

  /**
   * A constant of the generation, as its manifest declares it (capability {@code
   * io.segue.generation.setting}); for example {@code bech32.prefix}. The same on every node.
   */
  Optional<String> setting(String name);
}
