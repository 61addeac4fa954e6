package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.CoinsText;
import io.segue.bundles.cli.Help;
import io.segue.bundles.cli.Key;
import io.segue.bundles.cli.Keyring;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx bank}. */
@Command(
    name = "bank",
    description = "Moves coins.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class BankTx implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "send", description = "Sends coins to an account.")
  int send(
      @Mixin Help help,
      @Mixin TxOptions options,
      @Parameters(paramLabel = "FROM", description = "Name of the sender's key.") String from,
      @Parameters(paramLabel = "TO", description = "Name of a key, or an address.") String to,
      @Parameters(paramLabel = "COINS", description = "What is sent, as 7stake.") String coins) {
    Keyring keyring = options.keyring();
    Coins amount = CoinsText.parse("COINS", coins);
    if (amount.isEmpty()) {
      throw new CliException("COINS '" + coins + "' is nothing; send at least 1 of a denomination");
    }
    String receiver = receiver(keyring, to);
    Key key = keyring.key(from);
    MsgSend message =
        MsgSend.newBuilder()
            .setFromAddress(key.address(new Addresses(Addresses.DEFAULT_PREFIX)))
            .setToAddress(receiver)
            .addAllAmount(amount.toProto())
            .build();
    return new TxSender(spec.subcommands().get("send").getCommandSpec(), options)
        .send(key, message);
  }

  private static String receiver(Keyring keyring, String to) {
    String address = keyring.address(to);
    try {
      new Addresses(Addresses.DEFAULT_PREFIX).parseAccount(address);
      return address;
    } catch (IllegalArgumentException e) {
      throw new CliException(
          "'" + to + "' is neither a key (segue keys list) nor an address: " + e.getMessage(), e);
    }
  }
}
