package io.segue.kernel.core.code;

import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is found in one bundle; the same thing at the same place is told once. What refuses and what
 * is only worth a look are counted apart, so that no number of notes hides a refusal, and what is
 * not listed any more is told by its number.
 */
final class Findings {
  /** Most findings of each severity that are listed for one bundle. */
  static final int MAX = 500;

  private static final String REST = "more-findings";

  private final String bundle;
  private final Counted refusals = new Counted();
  private final Counted notes = new Counted();
  private final List<Finding> findings = new ArrayList<>();

  /** How many findings of a severity are listed, and how many are not. */
  private static final class Counted {
    private final Set<Finding> listed = new HashSet<>();
    private long rest;
  }

  /**
   * Nothing found yet.
   *
   * @param bundle symbolic name and version
   */
  Findings(String bundle) {
    this.bundle = bundle;
  }

  /** Adds one, unless it is there; beyond {@link #MAX} of its severity it is counted only. */
  void add(CodeRule rule, String className, String method, int line, String what) {
    if (rule.isAllowed()) {
      return;
    }
    Counted counted = rule.severity() == Severity.REFUSE ? refusals : notes;
    if (counted.listed.size() >= MAX) {
      counted.rest++;
      return;
    }
    Finding finding =
        new Finding(
            rule.id(),
            rule.severity(),
            bundle,
            className.replace('/', '.'),
            method,
            line,
            what,
            rule.why(),
            rule.instead());
    if (counted.listed.add(finding)) {
      findings.add(finding);
    }
  }

  List<Finding> list() {
    List<Finding> all = new ArrayList<>(findings);
    addRest(all, Severity.REFUSE, refusals);
    addRest(all, Severity.NOTE, notes);
    return List.copyOf(all);
  }

  private void addRest(List<Finding> all, Severity severity, Counted counted) {
    if (counted.rest > 0) {
      all.add(
          new Finding(
              REST,
              severity,
              bundle,
              "",
              "",
              0,
              counted.rest
                  + (severity == Severity.REFUSE ? " more places that are refused" : " more notes"),
              "the report lists " + MAX + " of a bundle",
              "change those listed and check again"));
    }
  }
}
