package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command was called with. Options may stand before or behind the operand. */
final class Arguments {
  private static final String HELP = "--help";
  private static final String OUTPUT = "--output";

  private final Usage usage;
  private final Map<String, String> options = new HashMap<>();
  private @Nullable String operand;
  private boolean help;

  private Arguments(Usage usage) {
    this.usage = usage;
  }

  /**
   * Arguments of a command.
   *
   * @throws CommandException where one is unknown, missing, or of no use; names it
   */
  static Arguments parse(Usage usage, String... words) throws CommandException {
    Arguments arguments = new Arguments(usage);
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      int equals = word.indexOf('=');
      if (word.equals(HELP)) {
        arguments.help = true;
      } else if (!word.startsWith("--")) {
        arguments.operand(word);
      } else if (equals > 0) {
        arguments.option(word.substring(0, equals), word.substring(equals + 1));
      } else {
        arguments.option(word, i + 1 < words.length ? words[++i] : null);
      }
    }
    return arguments;
  }

  boolean help() {
    return help;
  }

  boolean json() {
    return "json".equals(options.get(OUTPUT));
  }

  /** The one argument that is no option. */
  String operand() throws CommandException {
    if (operand == null) {
      throw refused("needs " + usage.operand());
    }
    return operand;
  }

  /** The value of an option, from 1 up. */
  Optional<Integer> number(String option) throws CommandException {
    String value = options.get(option);
    if (value == null) {
      return Optional.empty();
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 1) {
        return Optional.of(number);
      }
    } catch (NumberFormatException e) {
      throw refused(option + " takes a number, not " + value);
    }
    throw refused(option + " must be 1 or more");
  }

  private void operand(String word) throws CommandException {
    if (usage.operand().isEmpty()) {
      throw refused("takes no argument " + word);
    }
    if (operand != null) {
      throw refused("takes one " + usage.operand() + ", not " + operand + " and " + word);
    }
    operand = word;
  }

  private void option(String name, @Nullable String value) throws CommandException {
    if (!name.equals(OUTPUT) && !usage.options().containsKey(name)) {
      throw refused("has no option " + name);
    }
    if (value == null) {
      throw refused("needs a value for " + name);
    }
    if (name.equals(OUTPUT) && !value.equals("text") && !value.equals("json")) {
      throw refused("knows --output text and --output json, not " + value);
    }
    options.put(name, value);
  }

  private CommandException refused(String reason) {
    return new CommandException(
        "%s %s; see %s --help".formatted(usage.name(), reason, usage.name()));
  }
}
