package io.segue.kernel.core.upgrade;

import io.segue.kernel.api.node.Node.DeployOptions;
import io.segue.kernel.api.upgrade.Plan;
import io.segue.kernel.api.upgrade.PlanInfo;
import io.segue.kernel.core.hold.GenerationException;
import io.segue.kernel.core.hold.HoldReason;
import io.segue.kernel.core.plan.PlanInfos;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether a file that an operator deploys may run for the pending plan: the plan says which bytes
 * run, and only the operator's explicit decision puts others in their place.
 *
 * @param pending the pending plan, where the file is of its name
 */
record Binding(Optional<Plan> pending, Repairs repairs) {
  /**
   * Checks a file.
   *
   * @param name the plan that the file is of
   * @param sha256 the file's digest
   * @return the digest in the plan in place of which the file is to run; empty where it is no
   *     repair
   * @throws GenerationException {@link HoldReason#WRONG_DIGEST}, with what to do
   */
  Optional<String> check(Path file, String name, String sha256, DeployOptions options)
      throws GenerationException {
    Optional<PlanInfo> info = pending.map(plan -> PlanInfos.parse(plan.info()));
    Optional<String> bound = info.flatMap(PlanInfo::sha256);
    if (bound.isEmpty()) {
      if (options.insteadOf().isPresent()) {
        throw refused(
            file
                + " can't run instead of "
                + options.insteadOf().get()
                + ": no pending plan "
                + name
                + " names a digest; deploy it without --instead-of");
      }
      return Optional.empty();
    }
    if (options.insteadOf().isPresent() && !options.insteadOf().equals(bound)) {
      throw refused(
          "plan "
              + name
              + " is bound to "
              + bound.get()
              + ", not to "
              + options.insteadOf().get()
              + "; name the digest in the plan");
    }
    boolean indirect = info.get().kind() == PlanInfo.Kind.INDIRECT;
    if (!indirect && bound.get().equals(sha256)) {
      return Optional.empty();
    }
    boolean decided =
        options.insteadOf().isPresent()
            || repairs.of(name, bound.get()).filter(r -> r.sha256().equals(sha256)).isPresent();
    if (decided) {
      return bound;
    }
    throw refused(
        indirect
            ? "plan "
                + name
                + " is bound by the JSON at "
                + info.get().url().orElse("")
                + ", so "
                + file
                + " can't be checked without it; make that URL answer, then the sidecar brings both"
            : file
                + " has the digest "
                + sha256
                + ", but plan "
                + name
                + " is bound to "
                + bound.get()
                + "; deploy the file with that digest, or, where all validators agree on this one,"
                + " add --instead-of "
                + bound.get());
  }

  private static GenerationException refused(String message) {
    return new GenerationException(HoldReason.WRONG_DIGEST, message);
  }
}
