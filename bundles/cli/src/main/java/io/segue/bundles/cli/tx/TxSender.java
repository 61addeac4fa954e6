package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Message;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.CoinsText;
import io.segue.bundles.cli.Key;
import io.segue.bundles.cli.Output;
import io.segue.bundles.cli.Waiting;
import io.segue.bundles.cli.chain.Chain;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.QueryRefusedException;
import io.segue.bundles.cli.chain.SubmittedProposal;
import io.segue.bundles.cli.chain.TxBuilder;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Coins;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Sends messages of one signer: asks for its account, simulates, signs, broadcasts, and with {@code
 * --wait} waits for the block. Of a proposal it then tells the number, for the next command to use.
 */
final class TxSender {
  /** How long {@code --wait} waits. */
  static final Duration WAIT_LIMIT = Duration.ofMinutes(2);

  private static final int INSUFFICIENT_FEE = 13;

  /** What a simulation puts around the reason of a failure. */
  private static final Pattern AROUND_REASON =
      Pattern.compile("^rpc error: code = \\w+ desc = | with gas used: .*$");

  private final CommandSpec spec;
  private final TxOptions options;
  private final Addresses addresses = new Addresses(Addresses.DEFAULT_PREFIX);

  TxSender(CommandSpec spec, TxOptions options) {
    this.spec = spec;
    this.options = options;
  }

  /**
   * Sends and prints the outcome: hash, code, codespace, log, height, number of a proposal.
   *
   * @return the exit status: 1 where the chain refused
   */
  int send(Key key, Message message) {
    Coins fees = CoinsText.parse("--fees", options.fees);
    NodeClient node = options.node.client();
    Chain chain = new Chain(node);
    String chainId = options.chainId.isEmpty() ? node.chainId() : options.chainId;
    Chain.Account account = chain.account(key.address(addresses));
    TxBuilder tx = TxBuilder.of(message).withMemo(options.memo);
    tx = tx.withFee(fees, gasLimit(chain, tx.withFee(fees, 0), key, account.sequence()));
    NodeClient.Broadcast broadcast =
        node.broadcast(tx.sign(key, chainId, account.number(), account.sequence()));
    ObjectNode result = outcome(broadcast);
    if (broadcast.code() == 0 && options.wait) {
      addBlock(result, node, broadcast.hash());
    }
    options.output.print(spec.commandLine().getOut(), result);
    hint(broadcast);
    return result.path("code").asLong() == 0
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
  }

  private long gasLimit(Chain chain, TxBuilder tx, Key key, long sequence) {
    if (!options.simulates()) {
      return options.gasLimit();
    }
    try {
      long used = chain.simulate(tx.unsigned(key, sequence));
      return (long) Math.ceil(used * TxOptions.GAS_ADJUSTMENT);
    } catch (QueryRefusedException e) {
      throw new CliException(
          "the transaction would fail, so it is not sent: "
              + AROUND_REASON.matcher(e.log()).replaceAll("")
              + "; with --gas N it is sent all the same",
          e);
    }
  }

  private void hint(NodeClient.Broadcast broadcast) {
    if (broadcast.code() == INSUFFICIENT_FEE && broadcast.codespace().equals("sdk")) {
      spec.commandLine().getErr().println("segue: pay what is required with --fees");
    }
  }

  private static ObjectNode outcome(NodeClient.Broadcast broadcast) {
    ObjectNode result = Output.object();
    result.put("hash", broadcast.hash());
    result.put("code", broadcast.code());
    if (broadcast.code() != 0) {
      result.put("codespace", broadcast.codespace());
    }
    if (!broadcast.log().isEmpty()) {
      result.put("log", broadcast.log());
    }
    return result;
  }

  private void addBlock(ObjectNode result, NodeClient node, String hash) {
    PrintWriter err = spec.commandLine().getErr();
    if (!options.output.json()) {
      err.println("waiting for a block with " + hash + " ...");
      err.flush();
    }
    JsonNode committed =
        Waiting.until(WAIT_LIMIT, () -> node.tx(hash))
            .orElseThrow(
                () ->
                    new CliException(
                        "no block has the transaction "
                            + hash
                            + " after "
                            + WAIT_LIMIT.toSeconds()
                            + " s; ask for it later with segue query tx, and see node:status"));
    JsonNode executed = committed.path("tx_result");
    result.put("height", committed.path("height").asLong());
    result.put("code", executed.path("code").asLong());
    if (executed.path("code").asLong() != 0) {
      result.put("codespace", executed.path("codespace").asText());
      result.put("log", executed.path("log").asText());
    } else {
      SubmittedProposal.number(executed).ifPresent(id -> result.put("proposalId", id));
    }
    result.put("gasWanted", executed.path("gas_wanted").asLong());
    result.put("gasUsed", executed.path("gas_used").asLong());
  }
}
