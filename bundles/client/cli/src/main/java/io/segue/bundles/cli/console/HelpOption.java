package io.segue.bundles.cli.console;

import picocli.CommandLine.Option;

/** The option {@code --help}, for commands that are methods. */
public final class HelpOption {
  @SuppressWarnings("UnusedVariable") // It is there to be in the list of options.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean asked;
}
