package org.example.owners;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/** The upgrade of plan {@code owners}: names 2.0, whose migration fills its index by owner. */
public final class OwnersHandler implements UpgradeHandler {
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of();
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
