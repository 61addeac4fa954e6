package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.bank.Input;
import io.segue.bundles.sdk.proto.bank.MsgMultiSend;
import io.segue.bundles.sdk.proto.bank.MsgSend;
import io.segue.bundles.sdk.proto.bank.Output;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
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
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Parameters(
              paramLabel = "FROM",
              completionCandidates = KeyNames.class,
              description = "Name of the sender's key; with --generate-only maybe an address.")
          String from,
      @Parameters(
              paramLabel = "TO",
              completionCandidates = KeyNames.class,
              description = "Name of a key, or an address.")
          String to,
      @Parameters(paramLabel = "COINS", description = "What is sent, as 7stake.") String coins) {
    Keyring keyring = options.keyring();
    Coins amount = CoinsText.parse("COINS", coins);
    if (amount.isEmpty()) {
      throw new CliException("COINS '" + coins + "' is nothing; send at least 1 of a denomination");
    }
    String receiver = receiver(keyring, to);
    Sender sender = Sender.of(keyring, from);
    MsgSend message =
        MsgSend.newBuilder()
            .setFromAddress(sender.address())
            .setToAddress(receiver)
            .addAllAmount(amount.toProto())
            .build();
    return new TxSender(spec.subcommands().get("send").getCommandSpec(), options)
        .send(sender, message);
  }

  @Command(
      name = "multi-send",
      description = "Sends coins to several accounts at once: COINS to each of them.")
  int multiSend(
      @Mixin HelpOption help,
      @Mixin TxOptions options,
      @Parameters(
              paramLabel = "FROM",
              completionCandidates = KeyNames.class,
              description = "Name of the sender's key; with --generate-only maybe an address.")
          String from,
      @Parameters(
              paramLabel = "TO... COINS",
              arity = "2..*",
              completionCandidates = KeyNames.class,
              description = "Names of keys or addresses, and then what is sent, as 7stake.")
          List<String> rest,
      @Option(
              names = "--split",
              description = "Shares COINS equally between the accounts; what is left over stays.")
          boolean split) {
    Keyring keyring = options.keyring();
    List<String> receivers =
        rest.subList(0, rest.size() - 1).stream().map(to -> receiver(keyring, to)).toList();
    Coins each = share(rest.get(rest.size() - 1), split ? receivers.size() : 1);
    Coins sum = Coins.NONE;
    MsgMultiSend.Builder message = MsgMultiSend.newBuilder();
    for (String to : receivers) {
      message.addOutputs(Output.newBuilder().setAddress(to).addAllCoins(each.toProto()));
      sum = sum.plus(each);
    }
    Sender sender = Sender.of(keyring, from);
    message.addInputs(Input.newBuilder().setAddress(sender.address()).addAllCoins(sum.toProto()));
    return new TxSender(spec.subcommands().get("multi-send").getCommandSpec(), options)
        .send(sender, message.build());
  }

  /** What each of so many receives. */
  private static Coins share(String text, int receivers) {
    List<Coins.Amount> shares = new ArrayList<>();
    for (Coins.Amount amount : CoinsText.parse("COINS", text)) {
      shares.add(
          new Coins.Amount(amount.denom(), amount.amount().divide(BigInteger.valueOf(receivers))));
    }
    Coins share = Coins.of(shares);
    if (share.isEmpty()) {
      throw new CliException(
          "COINS '" + text + "' is nothing for each; send at least 1 of a denomination to each");
    }
    return share;
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
