package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of every command that sends a transaction. */
final class TxOptions {
  /** What is asked for on top of the simulated gas, as a factor. */
  static final double GAS_ADJUSTMENT = 1.5;

  private static final String AUTO = "auto";

  @Mixin Home home = new Home();
  @Mixin NodeOption node = new NodeOption();
  @Mixin Output output = new Output();

  @Option(
      names = "--fees",
      paramLabel = "COINS",
      description = "What the sender pays, as 200stake. Default: nothing.")
  String fees = "";

  @Option(
      names = "--gas",
      paramLabel = "auto|N",
      description =
          "Most gas that the transaction may use; auto: simulated, and half of it more."
              + " Default: ${DEFAULT-VALUE}.")
  private String gas = AUTO;

  @Option(names = "--memo", paramLabel = "TEXT", description = "A note in the transaction.")
  String memo = "";

  @Option(
      names = "--chain-id",
      paramLabel = "ID",
      description = "The chain to sign for. Default: asked from the node.")
  String chainId = "";

  @Option(
      names = "--wait",
      description =
          "Waits until a block has the transaction; of a proposal the output then has proposalId.")
  boolean wait;

  @Option(
      names = "--fee-payer",
      paramLabel = "KEY",
      completionCandidates = KeyNames.class,
      description =
          "Name or address of who pays the fee and signs, too. Default: the first signer.")
  String feePayer = "";

  @Option(
      names = "--generate-only",
      description =
          "Prints the transaction without signatures, for tx sign, and sends nothing. With --gas N"
              + " no node is asked.")
  boolean generateOnly;

  @Mixin SignModes signMode = new SignModes();

  Keyring keyring() {
    return new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
  }

  boolean simulates() {
    return gas.equals(AUTO);
  }

  long gasLimit() {
    try {
      long limit = Long.parseLong(gas);
      if (limit > 0) {
        return limit;
      }
    } catch (NumberFormatException e) {
      throw new CliException(gasRefusal(), e);
    }
    throw new CliException(gasRefusal());
  }

  private String gasRefusal() {
    return "--gas " + gas + " is refused: write auto, or a number greater than 0";
  }
}
