package io.segue.bundles.cli;

import io.segue.bundles.cli.console.CliException;
import picocli.CommandLine.Command;

/** Lists {@code export} among the commands; bin/segue hands it to the launcher. */
@Command(
    name = "export",
    description =
        "Writes the state of a stopped node as a genesis, at any kept height. See segue export --help.",
    mixinStandardHelpOptions = true)
final class ExportHelp implements Runnable {
  @Override
  public void run() {
    throw new CliException("run bin/segue export");
  }
}
