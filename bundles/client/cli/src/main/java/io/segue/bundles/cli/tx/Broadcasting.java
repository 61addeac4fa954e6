package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.SubmittedProposal;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.nodes.Waiting;
import java.io.PrintWriter;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Sends transactions, prints what became of them, and where asked waits for the block. Of a
 * proposal it then tells the number, for the next command to use.
 */
final class Broadcasting {
  /** How long {@code --wait} waits. */
  static final Duration WAIT_LIMIT = Duration.ofMinutes(2);

  private static final int INSUFFICIENT_FEE = 13;

  private final CommandSpec spec;
  private final Output output;
  private final boolean wait;

  Broadcasting(CommandSpec spec, Output output, boolean wait) {
    this.spec = spec;
    this.output = output;
    this.wait = wait;
  }

  /**
   * Sends and prints the outcome: hash, code, codespace, log, height, number of a proposal.
   *
   * @return the exit status: 1 where the chain refused
   */
  int send(NodeClient node, byte[] tx) {
    NodeClient.Broadcast broadcast = node.broadcast(tx);
    ObjectNode result = outcome(broadcast);
    if (broadcast.code() == 0 && wait) {
      addBlock(result, node, broadcast.hash());
    }
    output.print(spec.commandLine().getOut(), result);
    hint(broadcast);
    return result.path("code").asLong() == 0
        ? CommandLine.ExitCode.OK
        : CommandLine.ExitCode.SOFTWARE;
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
    if (!output.json()) {
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
