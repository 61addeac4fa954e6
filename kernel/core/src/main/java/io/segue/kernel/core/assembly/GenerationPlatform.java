package io.segue.kernel.core.assembly;

import io.segue.kernel.api.module.Crypto;
import io.segue.kernel.api.module.Platform;
import java.util.Optional;
import java.util.SortedMap;

/** What the kernel lends to the modules and the handler of one generation. */
record GenerationPlatform(Crypto crypto, SortedMap<String, String> settings) implements Platform {
  @Override
  public Optional<String> setting(String name) {
    return Optional.ofNullable(settings.get(name));
  }
}
