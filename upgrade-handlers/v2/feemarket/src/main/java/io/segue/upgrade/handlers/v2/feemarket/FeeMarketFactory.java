package io.segue.upgrade.handlers.v2.feemarket;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the fee market of a generation. */
public final class FeeMarketFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new FeeMarketModule(Addresses.of(platform));
  }
}
