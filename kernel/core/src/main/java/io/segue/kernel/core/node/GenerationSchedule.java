package io.segue.kernel.core.node;

import io.segue.kernel.api.store.StateStore;
import io.segue.kernel.api.store.StateView;
import io.segue.kernel.core.gas.KernelRules;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.module.ModuleSet;
import io.segue.kernel.core.overlay.Branch;
import io.segue.kernel.core.plan.DonePlan;
import io.segue.kernel.core.plan.PlanRules;
import io.segue.kernel.core.plan.PlanState;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which generations executed the chain, as the committed state says: every plan that was applied,
 * its height, and the digest of its generation. Neither the framework's cache nor what lies in the
 * content store has a say in it.
 *
 * <p>Thread safety: any thread.
 */
final class GenerationSchedule {
  private static final Logger LOG = LoggerFactory.getLogger(GenerationSchedule.class);

  private final StateStore store;
  private final String genesisDigest;
  private final boolean allowUnbound;

  /**
   * The schedule of a node with state.
   *
   * @param genesisDigest what this node started with; it counts where the state binds nothing
   * @param allowUnbound whether it counts where the state binds something else, too
   */
  GenerationSchedule(StateStore store, String genesisDigest, boolean allowUnbound) {
    this.store = store;
    this.genesisDigest = genesisDigest;
    this.allowUnbound = allowUnbound;
  }

  /**
   * Refuses a node that runs another first generation than the chain is bound to, and warns where
   * that is allowed.
   *
   * @param kept whether the content store has a generation
   */
  void requireBound(Predicate<String> kept) throws GenerationException {
    Entry current = readable().get(readable().size() - 1);
    Optional<String> bound = bound();
    if (!current.name().equals(PlanRules.GENESIS)
        || bound.isEmpty()
        || bound.get().equals(genesisDigest)) {
      return;
    }
    String differs =
        "the chain is bound to generation genesis "
            + bound.get()
            + ", and this node began it with "
            + genesisDigest;
    if (allowUnbound) {
      LOG.warn(
          "{}, as --allow-unbound says; its roots will differ from those of other nodes at the next"
              + " upgrade that carries a bundle over",
          differs);
    } else if (!kept.test(bound.get())) {
      throw new GenerationException(
          HoldReason.WRONG_DIGEST,
          differs
              + "; start it with --allow-unbound again, or remove data/ and start over with the"
              + " bundles of the chain in the folder genesis of this home");
    }
  }

  /** A generation of the chain. */
  record Entry(String name, String digest, long firstHeight) {}

  /** All generations of the chain, from the first one on; none before it starts. */
  List<Entry> all() {
    if (store.height() < 0) {
      return List.of();
    }
    String first = bound().filter(digest -> !allowUnbound).orElse(genesisDigest);
    try (StateView view = store.view(store.height())) {
      return all(first, view);
    }
  }

  /**
   * The generations that ran the chain up to a view's height, the first one first; empty where the
   * state binds no first one.
   */
  static Optional<List<Entry>> bound(StateView view) {
    return hex(plans(view).generation(PlanRules.GENESIS)).map(first -> all(first, view));
  }

  /** The app version that the state of a view has. */
  static long appVersion(StateView view) {
    return Math.max(1, plans(view).protocolVersion());
  }

  private static List<Entry> all(String first, StateView view) {
    List<Entry> entries = new ArrayList<>();
    entries.add(new Entry(PlanRules.GENESIS, first, Kernel.FIRST_HEIGHT));
    for (DonePlan plan : plans(view).done()) {
      hex(plan.generation())
          .ifPresent(digest -> entries.add(new Entry(plan.name(), digest, plan.height())));
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

  /** What the state binds the first generation to. */
  private Optional<String> bound() {
    try (StateView view = store.view(store.height())) {
      return hex(plans(view).generation(PlanRules.GENESIS));
    }
  }

  private static PlanState plans(StateView view) {
    return new PlanState(
        new Branch(view).store(ModuleSet.UPGRADE), view.height(), KernelRules.of(1).plans());
  }

  private static Optional<String> hex(Optional<byte[]> digest) {
    return digest.map(HexFormat.of()::formatHex);
  }
}
