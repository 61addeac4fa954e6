package io.segue.kernel.admission.code;

import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What is found in one bundle, all of it; the same thing at the same place is told once. A bundle
 * in which more is found than a limit is refused for that, and the check of it ends there.
 */
final class Findings {
  private static final String LIMIT = "findings";

  private final String bundle;
  private final int limit;
  private final Set<Finding> findings = new LinkedHashSet<>();
  private boolean full;

  /**
   * Nothing found yet.
   *
   * @param bundle symbolic name and version
   * @param limit most findings, so that no bundle takes the memory of a node
   */
  Findings(String bundle, int limit) {
    this.bundle = bundle;
    this.limit = limit;
  }

  /** Adds one, unless it is there. */
  void add(CodeRule rule, String className, String method, int line, String what) {
    if (full) {
      return;
    }
    Finding finding =
        new Finding(
            rule.id(),
            Severity.REFUSE,
            bundle,
            className.replace('/', '.'),
            method,
            line,
            what,
            rule.why(),
            rule.instead());
    if (findings.add(finding) && findings.size() > limit) {
      findings.remove(finding);
      full = true;
    }
  }

  /** Whether there are more than the limit. */
  boolean full() {
    return full;
  }

  List<Finding> list() {
    List<Finding> all = new ArrayList<>(findings);
    if (full) {
      all.add(
          Finding.refused(
              LIMIT,
              bundle,
              "the check ended at " + limit + " findings; fix those listed and check again"));
    }
    return List.copyOf(all);
  }
}
