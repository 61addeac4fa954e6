package io.segue.bundles.shell.command;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;
import org.osgi.service.component.annotations.Component;

/** {@code grep}, behind a pipe: {@code store:list | grep bank}. */
@Component(
    service = ShellCommand.class,
    property = {"osgi.command.scope=segue", "osgi.command.function=grep"})
public final class Grep extends ShellCommand {
  /** A command of the shell. */
  public Grep() {
    super(
        Usage.of("grep", "Picks the lines of what a command prints: store:list | grep bank.")
            .details("The pattern is a regular expression of Java; quote what has blanks.")
            .operand("<pattern>", Suggestions.NONE));
  }

  @Override
  public Answer run(CommandSession session, Arguments arguments) throws CommandException {
    Pattern pattern = pattern(arguments.operand(0));
    BufferedReader in =
        new BufferedReader(
            new InputStreamReader(Process.Utils.current().in(), StandardCharsets.UTF_8));
    List<String> lines;
    try {
      lines = in.lines().filter(line -> pattern.matcher(line).find()).toList();
    } catch (UncheckedIOException e) {
      throw new CommandException("grep can't read what is piped into it: " + e.getMessage());
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return new Answer(Map.of("lines", lines), text.toString());
  }

  private static Pattern pattern(String text) throws CommandException {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new CommandException(
          "grep can't use the pattern " + text + ": " + e.getDescription() + "; see grep --help");
    }
  }
}
