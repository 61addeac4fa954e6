package io.segue.kernel.admission.code;

import io.segue.kernel.api.node.CheckReport.Severity;

/**
 * A rule of {@code rules.txt}.
 *
 * @param id its name; {@code allowed} for what breaks no rule
 * @param why what harm it does
 * @param instead what to do instead
 */
record CodeRule(String id, String why, String instead) {
  /** Name of the section that lists what may be used. */
  static final String ALLOWED = "allowed";

  private static final String NOTE = "note";

  boolean isAllowed() {
    return id.equals(ALLOWED);
  }

  Severity severity() {
    return id.startsWith(NOTE) ? Severity.NOTE : Severity.REFUSE;
  }
}
