package io.segue.bundles.staking;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the staking module of a generation. */
public final class StakingFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new StakingModule(Addresses.of(platform));
  }
}
