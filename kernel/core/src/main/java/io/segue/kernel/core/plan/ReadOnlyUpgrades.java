package io.segue.kernel.core.plan;

import io.segue.kernel.api.module.ModuleException;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.api.upgrade.UpgradeParams;
import io.segue.kernel.api.upgrade.Upgrades;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;

/** The plan state for a module that may not change it. */
public final class ReadOnlyUpgrades implements Upgrades {
  private static final int UNAUTHORIZED = 4;

  private final Upgrades upgrades;
  private final String reader;

  /**
   * A view for one reader.
   *
   * @param reader the module, as refusals name it
   */
  public ReadOnlyUpgrades(Upgrades upgrades, String reader) {
    this.upgrades = upgrades;
    this.reader = reader;
  }

  @Override
  public Optional<Plan> plan() {
    return upgrades.plan();
  }

  @Override
  public OptionalLong doneAt(String name) {
    return upgrades.doneAt(name);
  }

  @Override
  public SortedMap<String, Long> moduleVersions() {
    return upgrades.moduleVersions();
  }

  @Override
  public long protocolVersion() {
    return upgrades.protocolVersion();
  }

  @Override
  public PlanInfo info(Plan plan) {
    return upgrades.info(plan);
  }

  @Override
  public void check(Plan plan) {
    upgrades.check(plan);
  }

  @Override
  public void schedule(Plan plan) {
    throw refused("schedule a plan");
  }

  @Override
  public void cancel() {
    throw refused("cancel a plan");
  }

  @Override
  public UpgradeParams params() {
    return upgrades.params();
  }

  @Override
  public void setParams(UpgradeParams params) {
    throw refused("change the parameters of upgrades");
  }

  private ModuleException refused(String what) {
    return new ModuleException(
        "sdk",
        UNAUTHORIZED,
        "module " + reader + " may not " + what + ", only module upgrade may: unauthorized");
  }
}
