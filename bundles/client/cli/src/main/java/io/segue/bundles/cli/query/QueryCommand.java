package io.segue.bundles.cli.query;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue query}. */
@Command(
    name = "query",
    description = "Asks a node for balances, accounts, proposals, plans, transactions, blocks.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BankQuery.class,
      AuthQuery.class,
      StakingQuery.class,
      GovQuery.class,
      UpgradeQuery.class,
      TxQuery.class,
      BlockQuery.class,
      StatusQuery.class
    })
public final class QueryCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
