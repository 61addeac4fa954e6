package io.segue.bundles.cli;

import io.segue.bundles.cli.console.CliException;
import picocli.CommandLine.Command;

/** Lists {@code start} among the commands; bin/segue hands it to the launcher. */
@Command(
    name = "start",
    description = "Runs the node in the foreground until SIGTERM. See segue start --help.",
    mixinStandardHelpOptions = true)
final class StartHelp implements Runnable {
  @Override
  public void run() {
    throw new CliException("start the node with bin/segue start");
  }
}
