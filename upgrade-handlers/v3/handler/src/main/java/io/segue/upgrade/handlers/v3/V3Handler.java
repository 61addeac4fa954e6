package io.segue.upgrade.handlers.v3;

import io.segue.kernel.api.upgrade.StoreLoad;
import io.segue.kernel.api.upgrade.UpgradeContext;
import io.segue.kernel.api.upgrade.UpgradeHandler;
import java.util.List;

/**
 * The upgrade of plan {@code v3}.
 *
 * <ol>
 *   <li>{@link #prepare}: staking's delegations get an index by validator and its store the name
 *       that its new layout has, the store of the fee market goes with its module, and the module
 *       upgrade gets a store.
 *   <li>{@link #handle}: upgrade writes its lead time, by a migration of its module.
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
        new DelegationsByValidator().load(STAKING_BEFORE),
        new StoreLoad.Rename(STAKING_BEFORE, STAKING),
        new StoreLoad.Delete(FEE_MARKET),
        new StoreLoad.Add(UPGRADE_PARAMS));
  }

  @Override
  public void handle(UpgradeContext context) {
    context.runMigrations();
  }
}
