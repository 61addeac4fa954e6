package io.segue.kernel.admission;

import io.segue.kernel.admission.artifact.RefusalReason;
import io.segue.kernel.api.node.CheckReport.Finding;

/**
 * One thing that an artifact is refused for.
 *
 * @param reason its category
 * @param finding where it is, why it is refused, and what to do instead
 */
public record Refusal(RefusalReason reason, Finding finding) {
  /** In one sentence, as the one who deploys hears it. */
  public String text() {
    return reason == RefusalReason.ADMISSION
        ? finding.bundle() + " is refused: " + finding.text()
        : finding.text();
  }
}
