package io.segue.itests.votes;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/** Brings {@link VotesModule}. */
public final class VotesHandler implements UpgradeHandler {
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(new StoreLoad.Add(VotesModule.NAME));
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
