package io.segue.kernel.core.node;

import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.block.Chain;
import io.segue.kernel.core.exec.Branch;
import io.segue.kernel.core.exec.KernelRules;
import io.segue.kernel.core.exec.ModuleSet;
import io.segue.kernel.core.plan.DonePlan;
import io.segue.kernel.core.plan.PlanRules;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Which generations executed the chain, as the committed state says: every plan that was applied,
 * its height, and the digest of its generation. Neither the framework's cache nor what lies in the
 * content store has a say in it.
 *
 * <p>Thread safety: any thread.
 */
final class GenerationSchedule {
  private final StateStore store;
  private final String genesisDigest;

  private GenerationSchedule(StateStore store, String genesisDigest) {
    this.store = store;
    this.genesisDigest = genesisDigest;
  }

  /** The schedule of a chain; what this node started with counts where the state binds nothing. */
  static GenerationSchedule of(StateStore store, Chain chain) {
    return new GenerationSchedule(store, chain.facts().genesisGeneration());
  }

  /** A generation of the chain. */
  record Entry(String name, String digest, long firstHeight) {}

  /** All generations of the chain, from the first one on; none before it starts. */
  List<Entry> all() {
    List<Entry> entries = new ArrayList<>();
    if (store.height() < 0) {
      return entries;
    }
    try (StateView view = store.view(store.height())) {
      PlanState plans =
          new PlanState(
              new Branch(view).store(ModuleSet.UPGRADE), store.height(), KernelRules.of(1).plans());
      entries.add(
          new Entry(
              PlanRules.GENESIS,
              hex(plans.generation(PlanRules.GENESIS)).orElse(genesisDigest),
              Kernel.FIRST_HEIGHT));
      for (DonePlan plan : plans.done()) {
        hex(plan.generation())
            .ifPresent(digest -> entries.add(new Entry(plan.name(), digest, plan.height())));
      }
    }
    return List.copyOf(entries);
  }

  /** Those of heights that can be read, the current one last. */
  List<Entry> readable() {
    List<Entry> all = all();
    int first = 0;
    while (first + 1 < all.size() && all.get(first + 1).firstHeight() <= store.oldestHeight()) {
      first++;
    }
    return all.subList(first, all.size());
  }

  private static Optional<String> hex(Optional<byte[]> digest) {
    return digest.map(HexFormat.of()::formatHex);
  }
}
