package io.segue.bundles.cli;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.terminal.TerminalShell;
import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import io.segue.bundles.shell.client.TerminalSession;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code segue shell}. Its exit status is that of the shell's last command. */
@Command(
    name = "shell",
    description = {
      "Opens the shell of the running node.",
      "Without -c it runs what is typed until exit; help lists the node's commands, and each has"
          + " --help.",
      "On a terminal the tab key completes commands, options and arguments, and the arrow keys"
          + " bring back earlier lines."
    },
    mixinStandardHelpOptions = true)
final class ShellSessionCommand implements Callable<Integer> {
  @Mixin private Home home;

  @Option(
      names = "-c",
      paramLabel = "COMMAND",
      description = "Runs one command of the shell and exits, as -c 'node:status --output json'.")
  private String command = "";

  @Override
  public Integer call() {
    ShellClient client = new ShellClient(home.folder());
    try {
      if (!command.isEmpty()) {
        return client.command(command, System.out, System.err);
      }
      return onTerminal() ? onTerminal(client) : client.session(System.in, System.out, System.err);
    } catch (ShellException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  private int onTerminal(ShellClient client) throws ShellException {
    try (TerminalSession session = client.terminal()) {
      return TerminalShell.run(session, home.shellHistory());
    } catch (IOException e) {
      throw new CliException(
          "the shell can't use this terminal: "
              + e.getMessage()
              + "; give it commands by -c or by a pipe",
          e);
    }
  }

  /** Whether bin/segue found a terminal on both sides. */
  private static boolean onTerminal() {
    return Boolean.getBoolean("segue.terminal");
  }
}
