package io.segue.kernel.core.node;

import io.segue.kernel.api.node.Node.Deployed;
import io.segue.kernel.core.generation.GenerationAssembler;
import io.segue.kernel.core.generation.GenerationException;
import io.segue.kernel.core.generation.GenerationManifest;
import io.segue.kernel.core.generation.HoldReason;
import io.segue.kernel.core.upgrade.Deployments;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes artifacts of generations that the chain ran in the past and that this node no longer has,
 * so that heights of theirs can be asked again. Nothing of them is installed before somebody asks.
 *
 * <p>Thread safety: any thread but the block thread.
 */
final class PastArtifacts {
  private final GenerationAssembler assembler;
  private final Supplier<List<GenerationSchedule.Entry>> chain;

  /**
   * @param chain the generations of the chain, from the first one on
   */
  PastArtifacts(GenerationAssembler assembler, Supplier<List<GenerationSchedule.Entry>> chain) {
    this.assembler = assembler;
    this.chain = chain;
  }

  /**
   * Keeps an artifact of a past generation.
   *
   * @return what was kept; empty where the artifact is of a plan that the chain did not run
   * @throws GenerationException where the artifact is of a past generation and adds nothing or is
   *     not what the chain ran
   */
  Optional<Deployed> take(Deployments.Brought brought) throws GenerationException {
    String name = brought.artifact().declaration().plan();
    List<GenerationSchedule.Entry> all = chain.get();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(name)) {
        GenerationSchedule.Entry entry = all.get(i);
        if (assembler.keeps(entry.digest())) {
          throw new GenerationException(
              HoldReason.COMPOSITION,
              brought.file()
                  + " is of plan "
                  + name
                  + ", which is done already, and this node has its generation "
                  + entry.digest()
                  + "; there is nothing to deploy");
        }
        return Optional.of(keep(brought, i == 0 ? null : all.get(i - 1), entry));
      }
    }
    return Optional.empty();
  }

  private Deployed keep(
      Deployments.Brought brought,
      GenerationSchedule.@Nullable Entry before,
      GenerationSchedule.Entry entry)
      throws GenerationException {
    if (before != null && !assembler.keeps(before.digest())) {
      throw new GenerationException(
          HoldReason.MISSING,
          "generation "
              + entry.name()
              + " carries over from generation "
              + before.name()
              + " "
              + before.digest()
              + ", which this node does not have either; deploy the artifact of "
              + before.name()
              + " first, then this one");
    }
    assembler.keepPast(
        entry.digest(), Optional.ofNullable(before).map(b -> b.digest()), brought.artifact());
    return new Deployed(
        entry.name(),
        brought.sha256(),
        entry.digest(),
        assembler.lines(entry.digest()).stream().map(GenerationManifest.Line::toString).toList());
  }
}
