package io.segue.bundles.sidecar.exec;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.segue.kernel.api.upgrade.Sidecar.Task;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A task as a program gets it: JSON on its standard input, and variables of its environment. */
final class PlanDocument {
  private static final String PARAMETER = "SEGUE_PARAMETER_";

  private PlanDocument() {}

  /**
   * The JSON, with a line feed at its end.
   *
   * @param output where the program may put the artifact
   */
  static byte[] json(Task task, Path home, Path output) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("name", task.plan().name());
      json.writeNumberField("height", task.plan().height());
      json.writeStringField("info", task.plan().info());
      json.writeStringField("url", task.url());
      json.writeStringField("sha256", task.sha256());
      json.writeObjectFieldStart("parameters");
      for (var parameter : new TreeMap<>(task.parameters()).entrySet()) {
        json.writeStringField(parameter.getKey(), parameter.getValue());
      }
      json.writeEndObject();
      json.writeStringField("home", home.toString());
      json.writeStringField("output", output.toString());
      json.writeEndObject();
    }
    return (text + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Adds the variables. A text with a NUL, which no variable can hold, is left out. */
  static void variables(Map<String, String> environment, Task task, Path home, Path output) {
    Map<String, String> all = new TreeMap<>();
    all.put("SEGUE_PLAN_NAME", task.plan().name());
    all.put("SEGUE_PLAN_HEIGHT", Long.toString(task.plan().height()));
    all.put("SEGUE_PLAN_INFO", task.plan().info());
    all.put("SEGUE_URL", task.url());
    all.put("SEGUE_SHA256", task.sha256());
    all.put("SEGUE_HOME", home.toString());
    all.put("SEGUE_OUTPUT", output.toString());
    task.parameters()
        .forEach(
            (name, value) ->
                all.put(
                    PARAMETER + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_"), value));
    all.values().removeIf(value -> value.indexOf('\0') >= 0);
    environment.putAll(all);
  }
}
