package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.OrderChange;
import io.segue.kernel.api.node.CheckReport.Preview;
import io.segue.kernel.api.node.Node.DeployException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code upgrade:check}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=upgrade", "osgi.command.function=check"})
public final class UpgradeCheck extends ShellCommand {
  private final NodeAccess access;

  @Activate
  public UpgradeCheck(@Reference NodeAccess access) {
    super(
        Usage.of("upgrade:check", "Says what admission finds in an artifact, and keeps none of it.")
            .details(
                """
                It reads headers and bytes, and runs nothing. What is REFUSEd keeps upgrade:deploy
                from taking it; a NOTE is for its builder to look at. It fails where anything is
                refused.
                """)
            .operand("<file>", FileNames.artifacts()));
    this.access = access;
  }

  @Override
  Answer run(CommandSession session, Arguments arguments) throws CommandException {
    String file = arguments.operand(0);
    CheckReport report;
    try {
      report = access.node().check(Arguments.path(session, file));
    } catch (DeployException e) {
      throw new CommandException(file + " can't be checked: " + e.getMessage());
    }
    Optional<String> failure =
        report.admitted()
            ? Optional.empty()
            : Optional.of(file + " would not be deployed; mend what is refused and build it again");
    return new Answer(json(report), text(report), failure);
  }

  private static Map<String, Object> json(CheckReport report) {
    List<Object> bundles = new ArrayList<>();
    for (CheckedBundle bundle : report.bundles()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("symbolicName", bundle.symbolicName());
      one.put("version", bundle.version());
      one.put("sha256", bundle.sha256());
      one.put("classes", bundle.classes());
      bundles.add(one);
    }
    List<Object> findings = new ArrayList<>();
    for (Finding finding : report.findings()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("rule", finding.rule());
      one.put("severity", finding.severity());
      one.put("bundle", finding.bundle());
      one.put("class", finding.className());
      one.put("method", finding.method());
      one.put("line", finding.line());
      one.put("what", finding.what());
      one.put("why", finding.why());
      one.put("instead", finding.instead());
      findings.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("admitted", report.admitted());
    json.put("sha256", report.sha256());
    json.put("bundles", bundles);
    json.put("findings", findings);
    json.put("generation", report.generation().map(UpgradeCheck::json).orElse(null));
    return json;
  }

  private static Map<String, Object> json(Preview preview) {
    List<Object> modules = new ArrayList<>();
    for (ModuleChange change : preview.modules()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("module", change.module());
      one.put("before", change.before());
      one.put("after", change.after());
      modules.add(one);
    }
    List<Object> orders = new ArrayList<>();
    for (OrderChange change : preview.orders()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("phase", change.phase());
      one.put("before", change.before());
      one.put("after", change.after());
      orders.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("plan", preview.plan());
    json.put("digest", preview.digest());
    json.put("rulesBefore", preview.rulesBefore());
    json.put("rules", preview.rules());
    json.put("modules", modules);
    json.put("orders", orders);
    return json;
  }

  private static String text(CheckReport report) {
    StringBuilder text = new StringBuilder();
    text.append("SHA-256  ").append(report.sha256()).append('\n');
    List<List<String>> bundles = new ArrayList<>();
    bundles.add(List.of("BUNDLE", "VERSION", "CLASSES", "SHA-256"));
    for (CheckedBundle bundle : report.bundles()) {
      bundles.add(
          List.of(
              bundle.symbolicName(),
              bundle.version(),
              "" + bundle.classes(),
              Text.brief(bundle.sha256())));
    }
    text.append(Text.table("  ", bundles));
    for (Finding finding : report.findings()) {
      text.append(finding.severity()).append("  ").append(finding.rule()).append("  ");
      text.append(finding.bundle().isEmpty() ? "" : finding.bundle() + ": ");
      text.append(finding.text()).append('\n');
    }
    report.generation().ifPresent(preview -> text.append(text(preview)));
    return text.append(report.admitted() ? "admitted\n" : "refused\n").toString();
  }

  private static String text(Preview preview) {
    StringBuilder text = new StringBuilder();
    text.append("plan %s would make generation %s%n".formatted(preview.plan(), preview.digest()));
    if (preview.rules() != preview.rulesBefore()) {
      text.append(
          "  kernel rules %d in place of %d%n".formatted(preview.rules(), preview.rulesBefore()));
    }
    List<List<String>> modules = new ArrayList<>();
    modules.add(List.of("MODULE", "NOW", "THEN"));
    for (ModuleChange change : preview.modules()) {
      modules.add(
          List.of(
              change.module(),
              change.before().isEmpty() ? "-" : change.before(),
              change.carriedOver()
                  ? "carried over"
                  : change.after().isEmpty() ? "ends" : change.after()));
    }
    text.append(Text.table("  ", modules));
    for (OrderChange change : preview.orders()) {
      text.append(
          "  order of %s  %s%n".formatted(change.phase(), String.join(", ", change.after())));
    }
    return text.toString();
  }
}
