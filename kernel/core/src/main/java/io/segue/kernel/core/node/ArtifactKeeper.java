package io.segue.kernel.core.node;

import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.core.content.ContentSweep;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.plan.PlanInfos;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows what this node still needs of its content store, and has the rest removed; see
 * docs/adr/0042. Runs on the thread that loads generations, so that none is loaded meanwhile.
 *
 * <p>Thread safety: one thread.
 */
final class ArtifactKeeper {
  /** Between two looks. */
  static final long SWEEP_INTERVAL_MS = 3_600_000;

  private static final Logger LOG = LoggerFactory.getLogger(ArtifactKeeper.class);

  private final ContentSweep contents;
  private final Supplier<? extends Collection<GenerationSchedule.Entry>> chain;
  private final Supplier<? extends Collection<String>> ready;
  private final Supplier<? extends Collection<String>> repairs;
  private final Supplier<Optional<Plan>> pending;

  /**
   * @param chain the generations of readable heights; what they descend from is needed too
   * @param ready digests of the generations that are ready
   * @param repairs digests of artifacts that the operator deployed
   * @param pending the pending plan
   */
  ArtifactKeeper(
      ContentSweep contents,
      Supplier<? extends Collection<GenerationSchedule.Entry>> chain,
      Supplier<? extends Collection<String>> ready,
      Supplier<? extends Collection<String>> repairs,
      Supplier<Optional<Plan>> pending) {
    this.contents = contents;
    this.chain = chain;
    this.ready = ready;
    this.repairs = repairs;
    this.pending = pending;
  }

  /**
   * Removes what is not needed; what fails is logged, and tried again the next time.
   *
   * @param keptMs how long what belongs to nothing is kept; -1 for ever
   */
  void sweep(long keptMs) {
    if (keptMs < 0) {
      return;
    }
    try {
      Set<String> generations = new TreeSet<>(ready.get());
      chain.get().forEach(entry -> generations.add(entry.digest()));
      Set<String> artifacts = new TreeSet<>(repairs.get());
      pending
          .get()
          .flatMap(plan -> PlanInfos.parse(plan.info()).sha256())
          .ifPresent(artifacts::add);
      contents.sweep(generations, artifacts, keptMs);
    } catch (GenerationException e) {
      LOG.warn("Nothing is removed from the content store: {}", e.text());
    } catch (IOException | RuntimeException e) {
      LOG.warn("The content store could not be cleaned; it is tried again later", e);
    }
  }
}
