package io.segue.bundles.shell.output;

import io.segue.kernel.api.node.CheckReport;
import io.segue.kernel.api.node.CheckReport.CheckedBundle;
import io.segue.kernel.api.node.CheckReport.Finding;
import io.segue.kernel.api.node.CheckReport.Loss;
import io.segue.kernel.api.node.CheckReport.ModuleChange;
import io.segue.kernel.api.node.CheckReport.OrderChange;
import io.segue.kernel.api.node.CheckReport.Preview;
import io.segue.kernel.api.node.CheckReport.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lays a {@link CheckReport} out. */
public final class CheckReportText {
  private static final String LOADS =
      "not known before the plan's height: the handler answers from the state it finds there";

  private CheckReportText() {}

  /** For programs. */
  public static Map<String, Object> json(CheckReport report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sha256", report.sha256());
    json.put("admitted", report.admitted());
    json.put("bundles", report.bundles().stream().map(CheckReportText::json).toList());
    json.put("findings", report.findings().stream().map(CheckReportText::json).toList());
    json.put("generation", report.generation().map(CheckReportText::json).orElse(null));
    return json;
  }

  private static Map<String, Object> json(CheckedBundle bundle) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("symbolicName", bundle.symbolicName());
    json.put("version", bundle.version());
    json.put("sha256", bundle.sha256());
    json.put("classes", bundle.classes());
    return json;
  }

  private static Map<String, Object> json(Finding finding) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("rule", finding.rule());
    json.put("severity", finding.severity().name());
    json.put("bundle", finding.bundle());
    json.put("class", finding.className());
    json.put("method", finding.method());
    json.put("line", finding.line());
    json.put("what", finding.what());
    json.put("why", finding.why());
    json.put("instead", finding.instead());
    return json;
  }

  private static Map<String, Object> json(Loss loss) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", loss.kind());
    json.put("name", loss.name());
    json.put("module", loss.module());
    return json;
  }

  private static Map<String, Object> json(Preview generation) {
    List<Object> modules = new ArrayList<>();
    for (ModuleChange change : generation.modules()) {
      Map<String, Object> module = new LinkedHashMap<>();
      module.put("module", change.module());
      module.put("before", change.before());
      module.put("after", change.after());
      module.put("carriedOver", change.carriedOver());
      modules.add(module);
    }
    List<Object> orders = new ArrayList<>();
    for (OrderChange change : generation.orders()) {
      Map<String, Object> order = new LinkedHashMap<>();
      order.put("phase", change.phase());
      order.put("before", change.before());
      order.put("after", change.after());
      orders.add(order);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("plan", generation.plan());
    json.put("digest", generation.digest());
    json.put("rulesBefore", generation.rulesBefore());
    json.put("rules", generation.rules());
    json.put("modules", modules);
    json.put("orders", orders);
    json.put("losses", generation.losses().stream().map(CheckReportText::json).toList());
    return json;
  }

  /** For people. */
  public static String text(CheckReport report) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("SHA-256", report.sha256());
    head.put("verdict", verdict(report));
    StringBuilder text = new StringBuilder(Text.pairs("", head));
    if (!report.bundles().isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      rows.add(List.of("BUNDLE", "VERSION", "CLASSES", "SHA-256"));
      for (CheckedBundle bundle : report.bundles()) {
        rows.add(
            List.of(
                bundle.symbolicName(), bundle.version(), "" + bundle.classes(), bundle.sha256()));
      }
      text.append('\n').append(Text.table("", rows));
    }
    report.findings().forEach(finding -> text.append('\n').append(text(finding)));
    report.generation().ifPresent(generation -> text.append('\n').append(text(generation)));
    return text.toString();
  }

  private static String verdict(CheckReport report) {
    long refused = report.findings().stream().filter(f -> f.severity() == Severity.REFUSE).count();
    long notes = report.findings().size() - refused;
    return (refused == 0 ? "admitted" : "refused for " + count(refused, "finding"))
        + (notes == 0 ? "" : ", " + count(notes, "note"));
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String text(Finding finding) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("where", where(finding));
    lines.put("what", finding.what());
    lines.put("why", finding.why());
    lines.put("instead", finding.instead());
    lines.values().removeIf(String::isEmpty);
    return finding.severity() + " " + finding.rule() + "\n" + Text.pairs("  ", lines);
  }

  private static String where(Finding finding) {
    List<String> parts = new ArrayList<>();
    parts.add(finding.bundle());
    parts.add(finding.className() + (finding.method().isEmpty() ? "" : "." + finding.method()));
    parts.add(finding.line() > 0 ? "line " + finding.line() : "");
    parts.removeIf(String::isEmpty);
    return String.join(", ", parts);
  }

  private static String text(Preview generation) {
    Map<String, String> head = new LinkedHashMap<>();
    head.put("generation", generation.plan() + " " + generation.digest());
    head.put(
        "kernel rules",
        generation.rules() == generation.rulesBefore()
            ? "" + generation.rules()
            : generation.rulesBefore() + " -> " + generation.rules());
    for (OrderChange change : generation.orders()) {
      head.put(
          "order of " + change.phase(),
          String.join(",", change.before()) + " -> " + String.join(",", change.after()));
    }
    head.put("store loads", LOADS);
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("MODULE", "BEFORE", "AFTER"));
    for (ModuleChange change : generation.modules()) {
      rows.add(List.of(change.module(), change.before(), after(change)));
    }
    return Text.pairs("", head) + "\n" + Text.table("", rows) + losses(generation.losses());
  }

  private static String losses(List<Loss> losses) {
    if (losses.isEmpty()) {
      return "";
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("LOST", "NAME", "MODULE"));
    losses.forEach(loss -> rows.add(List.of(loss.kind(), loss.name(), loss.module())));
    return "\n" + Text.table("", rows);
  }

  private static String after(ModuleChange change) {
    if (change.carriedOver()) {
      return "carried over";
    }
    return change.after().isEmpty() ? "removed" : change.after();
  }
}
