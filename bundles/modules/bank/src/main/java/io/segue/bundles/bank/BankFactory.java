package io.segue.bundles.bank;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the bank of a generation. */
public final class BankFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new BankModule(Addresses.of(platform), ModuleAccounts.of(platform));
  }
}
