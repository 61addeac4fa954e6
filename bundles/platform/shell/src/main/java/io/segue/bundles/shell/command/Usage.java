package io.segue.bundles.shell.command;

import io.segue.bundles.shell.output.Text;
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
public record Usage(
    String name, String summary, String details, List<Operand> operands, List<Option> options) {
  static final String HELP = "--help";
  static final Option OUTPUT =
      new Option(
          "--output",
          "text|json",
          "how the answer is printed; default: text",
          Suggestions.words("text", "json"));

  private static final String SHORT_HELP = "-h";
  private static final String SHORT_OUTPUT = "-o";

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
  record Option(String name, String label, String meaning, Suggestions suggestions) {
    String call() {
      return name + "=" + label;
    }
  }

  public Usage {
    operands = List.copyOf(operands);
    options = List.copyOf(options);
  }

  public static Usage of(String name, String summary) {
    return new Usage(name, summary, "", List.of(), List.of());
  }

  public Usage details(String text) {
    return new Usage(name, summary, text, operands, options);
  }

  public Usage operand(String label, Suggestions suggestions) {
    List<Operand> more = new ArrayList<>(operands);
    more.add(new Operand(label, suggestions));
    return new Usage(name, summary, details, more, options);
  }

  public Usage option(String option, String label, String meaning, Suggestions suggestions) {
    List<Option> more = new ArrayList<>(options);
    more.add(new Option(option, label, meaning, suggestions));
    return new Usage(name, summary, details, operands, more);
  }

  /** The option of this name, also of those that every command has. */
  public Optional<Option> option(String option) {
    String name = option.equals(SHORT_OUTPUT) ? OUTPUT.name() : option;
    return allOptions().stream().filter(one -> one.name().equals(name)).findFirst();
  }

  /** Whether a word is an option of any command; what else begins with one dash is an argument. */
  static boolean isOption(String word) {
    return word.startsWith("--")
        || word.equals(SHORT_OUTPUT)
        || word.startsWith(SHORT_OUTPUT + "=")
        || isHelp(word);
  }

  static boolean isHelp(String word) {
    return word.equals(HELP) || word.equals(SHORT_HELP);
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

  /** The line that says how it is called, as the command line beside the node has it. */
  public String synopsis() {
    StringBuilder line = new StringBuilder(name).append(" [").append(SHORT_HELP).append(']');
    options.forEach(option -> line.append(" [").append(option.call()).append(']'));
    line.append(" [").append(SHORT_OUTPUT).append('=').append(OUTPUT.label()).append(']');
    operands.forEach(operand -> line.append(' ').append(operand.label()));
    return line.toString();
  }

  /** What {@code --help} prints. */
  String text() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(SHORT_HELP + ", " + HELP, "prints this");
    options.forEach(option -> lines.put("    " + option.call(), option.meaning()));
    lines.put(SHORT_OUTPUT + ", " + OUTPUT.call(), OUTPUT.meaning());
    return "Usage: "
        + synopsis()
        + "\n"
        + summary
        + "\n"
        + (details.isEmpty() ? "" : details.strip() + "\n")
        + Text.pairs("  ", lines);
  }
}
