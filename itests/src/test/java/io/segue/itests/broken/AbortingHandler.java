package io.segue.itests.broken;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeAborted;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/** Rewrites the bank's store and then refuses the state. */
public final class AbortingHandler implements UpgradeHandler {
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(
        new StoreLoad.Rewrite("bank", (key, value, sink) -> sink.put(key, new byte[] {1})));
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
    throw new UpgradeAborted("the state is not as it should be");
  }
}
