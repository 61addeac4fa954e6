package io.segue.bundles.shell.command;

import io.segue.bundles.shell.CommandException;
import java.io.PrintStream;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Process;

/**
 * One of our commands. Gogo calls the method named like the command, on a thread of the session,
 * which calls {@link #execute}: arguments in, answer out as text or JSON.
 */
abstract class ShellCommand {
  private final Usage usage;

  ShellCommand(Usage usage) {
    this.usage = usage;
  }

  /**
   * Finds the answer.
   *
   * @throws CommandException with what is wrong and what to do next
   */
  abstract Answer run(CommandSession session, Arguments arguments) throws CommandException;

  final void execute(CommandSession session, String... words) throws CommandException {
    Arguments arguments = Arguments.parse(usage, words);
    PrintStream out = Process.Utils.current().out();
    if (arguments.help()) {
      out.print(usage.text());
      return;
    }
    Answer answer = run(session, arguments);
    out.print(arguments.json() ? Json.text(answer.json()) : answer.text());
  }
}
