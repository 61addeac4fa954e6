package io.segue.bundles.shell.command.upgrade;

import io.segue.bundles.shell.command.Answer;
import io.segue.bundles.shell.output.CheckReportText;
import io.segue.kernel.api.node.CheckReport;
import java.util.Optional;

/** Answers with a {@link CheckReport}. */
final class CheckAnswer {
  private CheckAnswer() {}

  /** The answer; it counts as failed where anything is refused. */
  static Answer of(CheckReport report) {
    Optional<String> failure =
        report.admitted()
            ? Optional.empty()
            : Optional.of("It would not be deployed: fix what is refused, and build it again.");
    return new Answer(CheckReportText.json(report), CheckReportText.text(report), failure);
  }
}
