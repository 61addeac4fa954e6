package io.segue.bundles.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.sdk.proto.tx.Tx;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue query tx}. */
@Command(
    name = "tx",
    description = "A transaction in a block, and its result.",
    mixinStandardHelpOptions = true)
final class TxQuery implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private NodeOption node;
  @Mixin private Output output;

  @Parameters(paramLabel = "HASH", description = "64 hexadecimal digits.")
  private String hash = "";

  @Override
  public void run() {
    NodeClient client = node.client();
    JsonNode found =
        client
            .tx(hash)
            .orElseThrow(
                () ->
                    new CliException(
                        "no block has a transaction " + hash + "; it may still wait for one"));
    ObjectNode result = Output.object();
    result.set("hash", found.path("hash"));
    result.set("height", found.path("height"));
    result.set("index", found.path("index"));
    result.set("result", found.path("tx_result"));
    result.set("tx", tx(found.path("tx").asText(), ChainTypes.of(client)));
    output.print(spec.commandLine().getOut(), result);
  }

  private static JsonNode tx(String base64, ChainTypes types) {
    try {
      return types.print(Tx.parseFrom(Base64.getDecoder().decode(base64)));
    } catch (InvalidProtocolBufferException e) {
      throw new CliException("the transaction's bytes are none: " + e.getMessage(), e);
    }
  }
}
