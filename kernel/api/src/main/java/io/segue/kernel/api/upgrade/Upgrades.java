package io.segue.kernel.api.upgrade;

import io.segue.kernel.api.module.ModuleException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The plan state of the kernel, as the state of the current block has it. Any module may read it;
 * only the module named {@code upgrade} may change it.
 */
@ProviderType
public interface Upgrades {
  /** The pending plan. */
  Optional<Plan> plan();

  /**
   * The height at which a plan was applied or aborted, so that its name can't be used again; empty
   * where it was not. A plan that the operators skipped may come again, as in the Cosmos SDK.
   */
  OptionalLong doneAt(String name);

  /** Consensus versions of the modules, by name. */
  SortedMap<String, Long> moduleVersions();

  /** How many upgrades were applied, plus 1: the app version of the block header. */
  long protocolVersion();

  /**
   * What a plan's info says.
   *
   * @throws ModuleException where it can't be read; {@link #check} refuses such a plan
   */
  PlanInfo info(Plan plan);

  /**
   * Checks a plan by its text and by the state, never by the network.
   *
   * @throws ModuleException with the SDK's codes and texts; names what to change
   */
  void check(Plan plan);

  /**
   * Schedules a plan, in place of a pending one.
   *
   * @throws ModuleException as {@link #check}
   */
  void schedule(Plan plan);

  /** Removes the pending plan; nothing happens where there is none. */
  void cancel();

  /** What the chain decides about its upgrades. */
  UpgradeParams params();

  /** Changes what the chain decides about its upgrades. */
  void setParams(UpgradeParams params);
}
