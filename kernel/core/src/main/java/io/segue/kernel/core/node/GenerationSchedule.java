package io.segue.kernel.core.node;

import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.exec.Branch;
import io.segue.kernel.core.exec.KernelRules;
import io.segue.kernel.core.exec.ModuleSet;
import io.segue.kernel.core.generation.Generation;
import io.segue.kernel.core.generation.GenerationAssembler;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.Generations;
import io.segue.kernel.core.plan.DonePlan;
import io.segue.kernel.core.plan.PlanRules;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generations a node needs at its start: what the state says, from the oldest readable height
 * on. The framework's cache has no say in it.
 */
final class GenerationSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationSchedule.class);

  private final StateStore store;
  private final GenerationAssembler assembler;
  private final String genesisDigest;

  /**
   * The schedule of a node with state.
   *
   * @param genesisDigest what this node started with, for a chain whose state does not bind it
   */
  GenerationSchedule(StateStore store, GenerationAssembler assembler, String genesisDigest) {
    this.store = store;
    this.assembler = assembler;
    this.genesisDigest = genesisDigest;
  }

  /**
   * Puts the generations together again, newest first, and publishes them.
   *
   * @throws GenerationException where the current one can't be had; an older one that can't be had
   *     only ends the heights at which queries are answered
   */
  void restore(Generations generations) throws GenerationException {
    TreeMap<Long, String> digests = digests();
    Long oldest = digests.floorKey(Math.max(store.oldestHeight(), digests.firstKey()));
    Deque<Map.Entry<Long, Generation>> found = new ArrayDeque<>();
    for (Map.Entry<Long, String> entry : digests.tailMap(oldest, true).descendingMap().entrySet()) {
      try {
        found.addFirst(Map.entry(entry.getKey(), assembler.restore(entry.getValue())));
      } catch (GenerationException e) {
        if (found.isEmpty()) {
          throw e;
        }
        LOG.warn(
            "Queries below height {} can't be answered: {}",
            found.getFirst().getKey(),
            e.getMessage());
        break;
      }
    }
    found.forEach(entry -> generations.publish(entry.getValue(), entry.getKey()));
  }

  private TreeMap<Long, String> digests() {
    TreeMap<Long, String> digests = new TreeMap<>();
    try (StateView view = store.view(store.height())) {
      PlanState plans =
          new PlanState(
              new Branch(view).store(ModuleSet.UPGRADE), store.height(), KernelRules.of(1).plans());
      digests.put(
          Kernel.FIRST_HEIGHT,
          plans.generation(PlanRules.GENESIS).map(HexFormat.of()::formatHex).orElse(genesisDigest));
      for (DonePlan plan : plans.done()) {
        plan.generation()
            .ifPresent(digest -> digests.put(plan.height(), HexFormat.of().formatHex(digest)));
      }
    }
    return digests;
  }
}
