package io.segue.kernel.core.code;

import io.segue.kernel.api.node.CheckReport.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What is found in one bundle; the same thing at the same place is told once. */
final class Findings {
  /** Most findings that are told of one bundle: what breaks so many rules needs no longer list. */
  static final int MAX = 500;

  private final String bundle;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<Finding> seen = new HashSet<>();

  /**
   * Nothing found yet.
   *
   * @param bundle symbolic name and version
   */
  Findings(String bundle) {
    this.bundle = bundle;
  }

  /** Adds one, unless it is there or there are {@link #MAX}. */
  void add(Rule rule, String className, String method, int line, String what) {
    if (findings.size() >= MAX || rule.isAllowed()) {
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
    if (seen.add(finding)) {
      findings.add(finding);
    }
  }

  List<Finding> list() {
    return List.copyOf(findings);
  }
}
