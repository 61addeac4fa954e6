package io.segue.bundles.shell.command;

import io.segue.bundles.shell.output.JsonOutput;
import io.segue.kernel.api.engine.Engine.UnavailableException;
import java.io.PrintStream;
import java.util.List;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Function;
import org.apache.felix.service.command.Process;
import org.jspecify.annotations.Nullable;

/**
 * One of our commands: arguments in, answer out as text or JSON. Gogo finds it by the properties of
 * its service and calls it on a thread of the session; completion and {@code help} read its {@link
 * Usage}.
 */
public abstract class ShellCommand implements Function {
  public static final String HEIGHT = "--height";
  public static final String HEIGHT_MEANING = "by the state of this height; default: the last one";

  private final Usage usage;

  public ShellCommand(Usage usage) {
    this.usage = usage;
  }

  /**
   * Finds the answer.
   *
   * @throws CommandException with what is wrong and what to do next
   */
  public abstract Answer run(CommandSession session, Arguments arguments) throws CommandException;

  /** The command; it prints its answer and returns nothing. */
  @Override
  public final @Nullable Object execute(CommandSession session, List<Object> words)
      throws CommandException {
    Arguments arguments =
        Arguments.parse(usage, words.stream().map(String::valueOf).toArray(String[]::new));
    PrintStream out = Process.Utils.current().out();
    if (arguments.help()) {
      out.print(usage.text());
      return null;
    }
    Answer answer = answer(session, arguments);
    out.print(arguments.json() ? JsonOutput.text(answer.json()) : answer.text());
    if (answer.failure().isPresent()) {
      throw new CommandException(answer.failure().get());
    }
    return null;
  }

  private Answer answer(CommandSession session, Arguments arguments) throws CommandException {
    try {
      return run(session, arguments);
    } catch (UnavailableException e) {
      throw new CommandException(String.valueOf(e.getMessage()));
    }
  }

  final Usage usage() {
    return usage;
  }
}
