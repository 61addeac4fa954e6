package io.segue.bundles.cli.testnet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue testnet}. */
@Command(
    name = "testnet",
    description = "A network of validators on this machine, each a node and its CometBFT.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {TestnetInit.class, TestnetStart.class, TestnetStop.class, TestnetStatus.class})
public final class TestnetCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
