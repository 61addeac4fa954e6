package io.segue.itests.broken;

import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes {@link BusyModule}. */
public final class BusyFactory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new BusyModule();
  }
}
