package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.core.generation.Generations;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The generations that may run, by the plan they are of: that of the pending plan, and those that
 * an operator deployed for plans that may come. This is the one place that says so; {@link
 * Generations} only keeps their bundles until one is published or discarded. At most one a plan;
 * what another takes the place of is uninstalled.
 *
 * <p>Thread safety: block thread.
 */
final class ReadyGenerations {
  private final Preparation preparation;
  private final Map<String, Preparation.Ready> byPlan = new HashMap<>();

  ReadyGenerations(Preparation preparation) {
    this.preparation = preparation;
  }

  /** What is ready for a plan of this name and info. */
  Optional<Preparation.Ready> fitting(String plan, PlanInfo info) {
    return Optional.ofNullable(byPlan.get(plan)).filter(ready -> ready.fits(info));
  }

  void put(Preparation.Ready came) {
    Preparation.Ready before = byPlan.put(came.generation().name(), came);
    if (before != null && before.generation() != came.generation()) {
      preparation.release(before.generation());
    }
  }

  /** Forgets what others hold by now. */
  void remove(String plan) {
    byPlan.remove(plan);
  }

  /** Uninstalls what is ready for a plan; whether there was something. */
  boolean drop(String plan) {
    Preparation.Ready dropped = byPlan.remove(plan);
    if (dropped != null) {
      preparation.release(dropped.generation());
    }
    return dropped != null;
  }
}
