package io.segue.bundles.cli;

import io.segue.bundles.shell.client.ShellClient;
import io.segue.bundles.shell.client.ShellException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code segue shell}. Its exit status is that of the shell's last command. */
@Command(
    name = "shell",
    description = {
      "Opens the shell of the running node.",
      "Without -c it runs what is typed until exit; help lists the node's commands, and each has --help."
    },
    mixinStandardHelpOptions = true)
final class ShellCommand implements Callable<Integer> {
  @Mixin private Home home;

  @Option(
      names = "-c",
      paramLabel = "COMMAND",
      description = "Runs one command of the shell and leaves, as -c 'node:status --output json'.")
  private String command = "";

  @Override
  public Integer call() {
    ShellClient client = new ShellClient(home.folder());
    try {
      return command.isEmpty()
          ? client.session(System.in, System.out, System.err)
          : client.command(command, System.out, System.err);
    } catch (ShellException e) {
      throw new CliException(e.getMessage(), e);
    }
  }
}
