package io.segue.bundles.auth;

import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the module; the bundle's manifest names this class. */
public final class AuthFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new AuthModule(platform);
  }
}
