package io.segue.bundles.cli.tx;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.cli.chain.TxSignatures;
import io.segue.bundles.cli.chain.TxSignatures.Place;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.CoinsText;
import io.segue.bundles.sdk.Coins;
import io.segue.bundles.sdk.proto.tx.Tx;
import io.segue.bundles.sdk.tx.RawTx;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Sends messages of one signer: asks for its account, simulates, signs and broadcasts; or prints
 * the transaction for others to sign.
 */
final class TxSender {
  private final CommandSpec spec;
  private final TxOptions options;
  private final NodeClient node;
  private final ChainTypes types;

  TxSender(CommandSpec spec, TxOptions options) {
    this(spec, options, ChainTypes.of(options.node.client()));
  }

  /** Sends messages of types that a node told. */
  TxSender(CommandSpec spec, TxOptions options, ChainTypes types) {
    this.spec = spec;
    this.options = options;
    this.node = options.node.client();
    this.types = types;
  }

  /**
   * Sends and prints the outcome, or prints the unsigned transaction.
   *
   * @return the exit status: 1 where the chain refused
   */
  int send(Sender sender, Message message) {
    return send(sender, List.of(TxBuilder.any(message)));
  }

  /** As {@link #send(Sender, Message)}, several in one transaction. */
  int send(Sender sender, List<Any> messages) {
    Tx tx =
        new TxBuilder(messages, "", 0, Coins.NONE, 0)
            .withMemo(options.memo)
            .withFee(CoinsText.parse("--fees", options.fees), 0)
            .toTx();
    if (!options.feePayer.isEmpty()) {
      tx = withPayer(tx, options.keyring().address(options.feePayer));
    }
    tx = withGas(tx, gasLimit(tx, sender));
    if (options.generateOnly) {
      spec.commandLine().getOut().println(types.print(tx).toPrettyString());
      return CommandLine.ExitCode.OK;
    }
    if (!options.feePayer.isEmpty()
        && !tx.getAuthInfo().getFee().getPayer().equals(sender.address())) {
      throw new CliException(
          "who pays the fee must sign, too: print the transaction with --generate-only, and have"
              + " both sign it with tx sign --sign-mode amino-json");
    }
    String chainId = node.requireChain(options.chainId);
    ChainInfo.Account account = new ChainInfo(node).account(sender.address());
    Place place = new Place(chainId, account.number(), account.sequence());
    Tx signed = TxSignatures.sign(tx, sender.key(), options.signMode.mode(), place, types);
    return new Broadcasting(spec, options.output, options.wait).send(node, RawTx.bytes(signed));
  }

  private long gasLimit(Tx tx, Sender sender) {
    if (!options.simulates()) {
      return options.gasLimit();
    }
    long used = Estimate.gas(new ChainInfo(node), tx, sender, types);
    return (long) Math.ceil(used * TxOptions.GAS_ADJUSTMENT);
  }

  private static Tx withPayer(Tx tx, String payer) {
    Tx.Builder paid = tx.toBuilder();
    paid.getAuthInfoBuilder().getFeeBuilder().setPayer(payer);
    return paid.build();
  }

  private static Tx withGas(Tx tx, long gasLimit) {
    Tx.Builder limited = tx.toBuilder();
    limited.getAuthInfoBuilder().getFeeBuilder().setGasLimit(gasLimit);
    return limited.build();
  }
}
