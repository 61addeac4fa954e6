package io.segue.bundles.shell.command.node;

import io.segue.bundles.shell.output.Text;
import io.segue.kernel.api.node.Node.SlowStep;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that run for long, as the status of node and upgrade show them. */
public final class SlowSteps {
  private SlowSteps() {}

  public static List<Map<String, Object>> json(List<SlowStep> steps) {
    return steps.stream().map(SlowSteps::json).toList();
  }

  /** One line; empty where none runs for long. */
  public static String text(List<SlowStep> steps) {
    return String.join("; ", steps.stream().map(SlowSteps::text).toList());
  }

  private static Map<String, Object> json(SlowStep step) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("step", step.step());
    json.put("module", step.module());
    json.put("message", step.message());
    json.put("ageMs", step.ageMs());
    return json;
  }

  private static String text(SlowStep step) {
    boolean named = step.module().isEmpty() || step.step().contains(step.module());
    return step.step()
        + (named ? "" : " in module " + step.module())
        + (step.message().isEmpty() ? "" : " " + step.message())
        + ", for "
        + Text.duration(step.ageMs());
  }
}
