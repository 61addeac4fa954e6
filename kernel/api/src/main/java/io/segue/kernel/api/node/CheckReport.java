package io.segue.kernel.api.node;

import java.util.List;
import java.util.Optional;

/**
 * What a node finds in an upgrade's artifact: all that {@link Node#deploy} would find. Nothing of
 * it is kept.
 *
 * @param sha256 digest of the artifact, 64 lower-case hex digits
 * @param bundles what it holds; empty where it could not be read as an artifact
 * @param findings what is refused and what is worth a look, in order of bundle, class and line
 * @param generation what it would make on top of the current generation; empty where a finding says
 *     why it would make none
 */
public record CheckReport(
    String sha256,
    List<CheckedBundle> bundles,
    List<Finding> findings,
    Optional<Preview> generation) {

  /** Whether {@link Node#deploy} would take it. */
  public boolean admitted() {
    return findings.stream().noneMatch(finding -> finding.severity() == Severity.REFUSE);
  }

  /** How much a finding weighs. */
  public enum Severity {
    /** The artifact is refused for it. */
    REFUSE,
    /** The bytes can't tell whether it does harm; the builder should. */
    NOTE
  }

  /** A bundle of the artifact, with the number of classes in it. */
  public record CheckedBundle(String symbolicName, String version, String sha256, int classes) {}

  /**
   * One thing found.
   *
   * @param rule the rule's name, as {@code clock}; a name of a hold where no rule is broken
   * @param bundle symbolic name and version; empty where it is about the whole artifact
   * @param className with dots; empty where it is not about a class
   * @param method name of the method; empty where it is not about one
   * @param line in the source; 0 where it is not known
   * @param what the header, call or entry that was found
   * @param why what harm it does
   * @param instead what to do instead
   */
  public record Finding(
      String rule,
      Severity severity,
      String bundle,
      String className,
      String method,
      int line,
      String what,
      String why,
      String instead) {

    /** A finding about a whole bundle or artifact. */
    public static Finding refused(String rule, String bundle, String what) {
      return new Finding(rule, Severity.REFUSE, bundle, "", "", 0, what, "", "");
    }

    /** In one sentence: where, what, why, and what to do instead. */
    public String text() {
      StringBuilder text = new StringBuilder();
      if (!className.isEmpty()) {
        text.append(className);
        if (!method.isEmpty()) {
          text.append('.').append(method);
        }
        if (line > 0) {
          text.append(" (line ").append(line).append(')');
        }
        text.append(": ");
      }
      text.append(what);
      if (!why.isEmpty()) {
        text.append(": ").append(why);
      }
      if (!instead.isEmpty()) {
        text.append("; ").append(instead);
      }
      return text.toString();
    }
  }

  /**
   * A generation that does not exist yet. Which stores its handler loads is not known before the
   * plan's height: the handler answers from the state it finds there.
   *
   * @param digest of its manifest
   * @param rulesBefore number of the kernel rules now
   * @param rules number of its kernel rules
   * @param modules every module before or after, by name
   * @param orders phases whose order changes
   * @param losses what the chain has no longer; known only where nothing was refused before the
   *     modules were made
   */
  public record Preview(
      String plan,
      String digest,
      long rulesBefore,
      long rules,
      List<ModuleChange> modules,
      List<OrderChange> orders,
      List<Loss> losses) {}

  /**
   * Where a module comes from, before and after: bundle and version.
   *
   * @param before empty where the module is new
   * @param after empty where it ends
   */
  public record ModuleChange(String module, String before, String after) {
    /** Whether it carries over as it is. */
    public boolean carriedOver() {
      return before.equals(after);
    }
  }

  /**
   * Something that modules give to the chain now and no longer.
   *
   * @param kind such as {@code message}, {@code query} or {@code store}
   * @param module whose it is now
   */
  public record Loss(String kind, String name, String module) {}

  /** The order of a phase, before and after. */
  public record OrderChange(String phase, List<String> before, List<String> after) {}
}
