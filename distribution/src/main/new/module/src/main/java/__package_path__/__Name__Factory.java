package __package__;

import io.segue.bundles.sdk.Addresses;
import io.segue.kernel.api.module.Module;
import io.segue.kernel.api.module.ModuleFactory;
import io.segue.kernel.api.module.Platform;

/** Makes the module of a generation; bnd.bnd names it. */
public final class __Name__Factory implements ModuleFactory {
  @Override
  public Module create(Platform platform) {
    return new __Name__Module(Addresses.of(platform));
  }
}
