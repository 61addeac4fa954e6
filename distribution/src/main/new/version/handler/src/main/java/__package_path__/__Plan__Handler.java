package __package__;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/**
 * The upgrade of plan {@code __plan__}: __module__ __module.version__. The kernel calls it once, in the block of the
 * plan's height, on every node with the same state; it must do the same on all of them.
 */
public final class __Plan__Handler implements UpgradeHandler {
  /** What becomes of stores, in order: Add, Rename, Delete, Rewrite. No gas counts here. */
  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of();
  }

  /** The on-chain work, after the stores are there. */
  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
