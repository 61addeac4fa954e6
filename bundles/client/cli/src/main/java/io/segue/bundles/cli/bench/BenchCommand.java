package io.segue.bundles.cli.bench;

import io.segue.bundles.cli.bench.network.NetworkBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue bench}. */
@Command(
    name = "bench",
    description =
        "Measures a whole node: start, transfers, queries, load, upgrades, kills; and a network.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      StartBench.class,
      TransfersBench.class,
      QueriesBench.class,
      LoadBench.class,
      UpgradeBench.class,
      KillsBench.class,
      NetworkBench.class
    })
public final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
