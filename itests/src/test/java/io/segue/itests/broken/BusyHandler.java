package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/** Brings {@link BusyModule}. */
public final class BusyHandler implements UpgradeHandler {
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(new StoreLoad.Add(BusyModule.NAME));
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
