package io.segue.bundles.upgrade;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the module {@code upgrade}. */
public final class UpgradeFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new UpgradeModule(Addresses.of(platform));
  }
}
