package io.segue.bundles.gov;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the module {@code gov}. */
public final class GovFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new GovModule(Addresses.of(platform));
  }
}
