package io.segue.kernel.admission;

import io.segue.kernel.admission.artifact.Artifact;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What admission says about an artifact. Nothing of it is left out.
 *
 * @param sha256 digest of the artifact, 64 lower-case hex digits
 * @param bundles those that could be read
 * @param artifact what was read, whether it is admitted or not; empty where a refusal says why it
 *     can't be read
 * @param refusals what it is refused for, in order of bundle, class and line; empty where it is
 *     admitted
 * @param notes what is worth a look and refuses nothing, in the same order
 */
public record Verdict(
    String sha256,
    List<CheckedBundle> bundles,
    Optional<Artifact> artifact,
    List<Refusal> refusals,
    List<Finding> notes) {
  public Verdict {
    bundles = List.copyOf(bundles);
    refusals = List.copyOf(refusals);
    notes = List.copyOf(notes);
  }

  /** Whether nothing is refused. */
  public boolean admitted() {
    return refusals.isEmpty();
  }

  /** As a node reports it, where nothing else is compared. */
  public CheckReport report() {
    List<Finding> findings = new ArrayList<>();
    refusals.forEach(refusal -> findings.add(refusal.finding()));
    findings.addAll(notes);
    return new CheckReport(sha256, bundles, List.copyOf(findings), Optional.empty());
  }
}
