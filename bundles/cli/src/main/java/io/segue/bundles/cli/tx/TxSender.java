package io.segue.bundles.cli.tx;

import com.google.protobuf.Message;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.CoinsText;
import io.segue.bundles.cli.chain.Chain;
import io.segue.bundles.cli.chain.ChainJson;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.cli.chain.TxSignatures;
import io.segue.bundles.cli.chain.TxSignatures.Place;
import io.segue.bundles.sdk.proto.tx.Tx;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Sends messages of one signer: asks for its account, simulates, signs and broadcasts; or prints
 * the transaction for others to sign.
 */
final class TxSender {
  private final CommandSpec spec;
  private final TxOptions options;

  TxSender(CommandSpec spec, TxOptions options) {
    this.spec = spec;
    this.options = options;
  }

  /**
   * Sends and prints the outcome, or prints the unsigned transaction.
   *
   * @return the exit status: 1 where the chain refused
   */
  int send(Sender sender, Message message) {
    NodeClient node = options.node.client();
    Tx tx =
        TxBuilder.of(message)
            .withMemo(options.memo)
            .withFee(CoinsText.parse("--fees", options.fees), 0)
            .toTx();
    if (!options.feePayer.isEmpty()) {
      tx = withPayer(tx, options.keyring().address(options.feePayer));
    }
    tx = withGas(tx, gasLimit(node, tx, sender));
    if (options.generateOnly) {
      spec.commandLine().getOut().println(ChainJson.printTx(tx).toPrettyString());
      return CommandLine.ExitCode.OK;
    }
    if (!options.feePayer.isEmpty()
        && !tx.getAuthInfo().getFee().getPayer().equals(sender.address())) {
      throw new CliException(
          "who pays the fee must sign, too: print the transaction with --generate-only, and have"
              + " both sign it with tx sign --sign-mode amino-json");
    }
    String chainId = options.chainId.isEmpty() ? node.chainId() : options.chainId;
    Chain.Account account = new Chain(node).account(sender.address());
    Place place = new Place(chainId, account.number(), account.sequence());
    Tx signed = TxSignatures.sign(tx, sender.key(), options.signMode.mode(), place);
    return new Broadcasting(spec, options.output, options.wait)
        .send(node, TxSignatures.raw(signed));
  }

  private long gasLimit(NodeClient node, Tx tx, Sender sender) {
    if (!options.simulates()) {
      return options.gasLimit();
    }
    long used = Estimate.gas(new Chain(node), tx, sender);
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
