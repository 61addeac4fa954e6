package io.segue.bundles.cli.tx;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code segue tx}. */
@Command(
    name = "tx",
    description = "Signs and sends transactions.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BankTx.class,
      GovTx.class,
      StakingTx.class,
      UpgradeTx.class,
      SendMessageTx.class,
      SignTx.class,
      MultisignTx.class,
      BroadcastTx.class,
      SimulateTx.class,
      EncodeTx.class,
      DecodeTx.class
    })
public final class TxCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }
}
