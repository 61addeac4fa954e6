package io.segue.bundles.shell.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.felix.service.command.CommandSession;
import org.jspecify.annotations.Nullable;

/** What a command was called with. Options may stand before, between and behind the operands. */
public final class Arguments {
  private final Usage usage;
  private final Map<String, String> options = new HashMap<>();
  private final List<String> operands = new ArrayList<>();
  private boolean help;

  private Arguments(Usage usage) {
    this.usage = usage;
  }

  /**
   * Arguments of a command.
   *
   * @throws CommandException where one is unknown or of no use; names it
   */
  static Arguments parse(Usage usage, String... words) throws CommandException {
    Arguments arguments = new Arguments(usage);
    for (int i = 0; i < words.length; i++) {
      String word = words[i];
      int equals = word.indexOf('=');
      if (Usage.isHelp(word)) {
        arguments.help = true;
      } else if (!Usage.isOption(word)) {
        arguments.addOperand(word);
      } else if (equals > 0) {
        arguments.addOption(word.substring(0, equals), word.substring(equals + 1));
      } else {
        arguments.addOption(word, i + 1 < words.length ? words[++i] : null);
      }
    }
    return arguments;
  }

  boolean help() {
    return help;
  }

  boolean json() {
    return "json".equals(options.get(Usage.OUTPUT.name()));
  }

  /** A required argument that is no option, counted from 0. */
  public String operand(int index) throws CommandException {
    if (index >= operands.size()) {
      throw refused("needs " + usage.operands().get(index).label());
    }
    return operands.get(index);
  }

  /** An argument that is no option, counted from 0; empty where it was left out. */
  public Optional<String> optionalOperand(int index) {
    return index < operands.size() ? Optional.of(operands.get(index)) : Optional.empty();
  }

  /** The value of an option. */
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  /** The value of an option, from 1 up. */
  public OptionalLong number(String name) throws CommandException {
    String value = options.get(name);
    return value == null ? OptionalLong.empty() : OptionalLong.of(positive(name, value));
  }

  /** A number from 1 up, which {@code what} is given as. */
  public long positive(String what, String value) throws CommandException {
    try {
      long number = Long.parseLong(value);
      if (number >= 1) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw refused(what + " takes a number, not " + value);
    }
    throw refused(what + " must be 1 or more");
  }

  /** A path that a user gives, from where the user is. */
  public static Path path(CommandSession session, String text) throws CommandException {
    try {
      return session.currentDir().resolve(Path.of(text)).normalize();
    } catch (InvalidPathException e) {
      throw new CommandException(text + " is no path: " + e.getReason());
    }
  }

  private void addOperand(String word) throws CommandException {
    int most = usage.operands().size();
    if (operands.size() < most) {
      operands.add(word);
      return;
    }
    throw refused(
        switch (most) {
          case 0 -> "takes no argument " + word;
          case 1 ->
              "takes one %s, not %s and %s"
                  .formatted(usage.operands().get(0).label(), operands.get(0), word);
          default -> "takes " + most + " arguments; " + word + " is one too many";
        });
  }

  private void addOption(String name, @Nullable String value) throws CommandException {
    Usage.Option option = usage.option(name).orElseThrow(() -> refused("has no option " + name));
    if (value == null) {
      throw refused("needs a value for " + name);
    }
    if (option.equals(Usage.OUTPUT) && !value.equals("text") && !value.equals("json")) {
      throw refused("knows --output text and --output json, not " + value);
    }
    options.put(option.name(), value);
  }

  private WrongUsageException refused(String reason) {
    return new WrongUsageException(
        "%s %s; see %s --help".formatted(usage.name(), reason, usage.name()));
  }
}
