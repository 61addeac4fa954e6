package io.segue.bundles.shell.command;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a command is called.
 *
 * @param name with its scope, as {@code node:status}
 * @param summary one sentence
 * @param operand what its one argument is, as {@code <file or url>}; empty where it takes none
 * @param options by name with their dashes: what the value means; in order
 */
record Usage(String name, String summary, String operand, Map<String, String> options) {
  static Usage of(String name, String summary) {
    return new Usage(name, summary, "", Map.of());
  }

  /** What {@code --help} prints. */
  String text() {
    Map<String, String> lines = new LinkedHashMap<>();
    options.forEach((option, meaning) -> lines.put(option + " <value>", meaning));
    lines.put("--output <form>", "text (the default) or json");
    lines.put("--help", "prints this");
    return name
        + (operand.isEmpty() ? "" : " " + operand)
        + " [options]\n\n"
        + summary
        + "\n\n"
        + Text.pairs("  ", lines);
  }
}
