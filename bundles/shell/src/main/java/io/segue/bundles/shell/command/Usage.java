package io.segue.bundles.shell.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a command is called. What a parser, {@code --help} and completion know of a command is all
 * here.
 *
 * @param name with its scope, as {@code node:status}
 * @param summary one sentence
 * @param details what else there is to know; empty where that is all
 * @param operands its arguments that are no options, in order
 * @param options its own options, in order; {@code --output} and {@code --help} come by themselves
 */
record Usage(
    String name, String summary, String details, List<Operand> operands, List<Option> options) {
  static final String HELP = "--help";
  static final Option OUTPUT =
      new Option(
          "--output", "<form>", "text (the default) or json", Suggestions.words("text", "json"));

  /**
   * An argument.
   *
   * @param label as {@code <name>}, or {@code [name]} where it may be left out
   */
  record Operand(String label, Suggestions suggestions) {
    boolean required() {
      return !label.startsWith("[");
    }
  }

  /**
   * An option with a value.
   *
   * @param name with its dashes
   * @param label of its value, as {@code <height>}
   */
  record Option(String name, String label, String meaning, Suggestions suggestions) {}

  Usage {
    operands = List.copyOf(operands);
    options = List.copyOf(options);
  }

  static Usage of(String name, String summary) {
    return new Usage(name, summary, "", List.of(), List.of());
  }

  Usage details(String text) {
    return new Usage(name, summary, text, operands, options);
  }

  Usage operand(String label, Suggestions suggestions) {
    List<Operand> more = new ArrayList<>(operands);
    more.add(new Operand(label, suggestions));
    return new Usage(name, summary, details, more, options);
  }

  Usage option(String option, String label, String meaning, Suggestions suggestions) {
    List<Option> more = new ArrayList<>(options);
    more.add(new Option(option, label, meaning, suggestions));
    return new Usage(name, summary, details, operands, more);
  }

  /** The option of this name, also of those that every command has. */
  Optional<Option> option(String option) {
    return allOptions().stream().filter(one -> one.name().equals(option)).findFirst();
  }

  /** Its own options and those that every command has. */
  List<Option> allOptions() {
    List<Option> all = new ArrayList<>(options);
    all.add(OUTPUT);
    return all;
  }

  /** Name and operands. */
  String call() {
    StringBuilder line = new StringBuilder(name);
    operands.forEach(operand -> line.append(' ').append(operand.label()));
    return line.toString();
  }

  /** The line that says how it is called. */
  String synopsis() {
    return call() + " [options]";
  }

  /** What {@code --help} prints. */
  String text() {
    Map<String, String> lines = new LinkedHashMap<>();
    allOptions()
        .forEach(option -> lines.put(option.name() + " " + option.label(), option.meaning()));
    lines.put(HELP, "prints this");
    return synopsis()
        + "\n\n"
        + summary
        + "\n\n"
        + (details.isEmpty() ? "" : details.strip() + "\n\n")
        + Text.pairs("  ", lines);
  }
}
