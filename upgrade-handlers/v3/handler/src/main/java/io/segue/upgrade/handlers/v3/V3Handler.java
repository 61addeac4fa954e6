package io.segue.upgrade.handlers.v3;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/**
 * The upgrade of plan {@code v3}.
 *
 * <ol>
 *   <li>{@link #prepare}: staking's store gets the name that its new layout has, the store of the
 *       fee market goes with its module, and the module upgrade gets a store.
 *   <li>{@link #handle}: staking builds its index by power, and upgrade writes its lead time; both
 *       are migrations of their modules.
 * </ol>
 */
public final class V3Handler implements UpgradeHandler {
  static final String STAKING_BEFORE = "staking";
  static final String STAKING = "stakes";
  static final String FEE_MARKET = "feemarket";
  static final String UPGRADE_PARAMS = "upgradeparams";

  @Override
  public List<StoreLoad> prepare(UpgradeContext context) {
    return List.of(
        new StoreLoad.Rename(STAKING_BEFORE, STAKING),
        new StoreLoad.Delete(FEE_MARKET),
        new StoreLoad.Add(UPGRADE_PARAMS));
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
