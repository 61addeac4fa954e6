package org.example.registry;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The upgrade of plan {@code registry}: the chain gets the module names, without a name in it. */
public final class RegistryHandler implements UpgradeHandler {
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(new StoreLoad.Add("names"));
  }

  @Override
  public void handle(UpgradeContext context) {
    context.genesis("names", "{}".getBytes(StandardCharsets.UTF_8));
    context.runMigrations();
  }
}
