package io.segue.bundles.cli.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.chain.UnreachableException;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.nodes.Waiting;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue query block}. */
@Command(name = "block", description = "A block.", mixinStandardHelpOptions = true)
final class BlockQuery implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private NodeOption node;
  @Mixin private Output output;

  @Parameters(
      paramLabel = "HEIGHT",
      arity = "0..1",
      description = "Height of the block. Default: the last.")
  private long height;

  @Option(
      names = "--wait",
      paramLabel = "H",
      description = "First waits for the node to answer and to have reached height H.")
  private long wait;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long --wait waits. Default: ${DEFAULT-VALUE}.")
  private long timeout = 60;

  @Override
  public void run() {
    NodeClient client = node.client();
    if (wait > 0) {
      await(client);
    }
    JsonNode block = client.block(height);
    output.print(spec.commandLine().getOut(), output.json() ? block : summary(block));
  }

  private void await(NodeClient client) {
    long[] reached = {-1};
    Optional<Boolean> there =
        Waiting.until(
            Duration.ofSeconds(timeout),
            () -> {
              try {
                reached[0] = client.height();
                return reached[0] >= wait ? Optional.of(true) : Optional.empty();
              } catch (UnreachableException e) {
                return Optional.empty();
              }
            });
    if (there.isEmpty()) {
      throw new CliException(
          "height "
              + wait
              + " was not reached within "
              + timeout
              + " s; "
              + (reached[0] < 0
                  ? "no node answers at " + client.uri() + ", is it started?"
                  : "the node is at " + reached[0] + ", ask node:status in the shell"));
    }
  }

  private static JsonNode summary(JsonNode block) {
    JsonNode header = block.path("block").path("header");
    var result = Output.object();
    result.set("height", header.path("height"));
    result.set("hash", block.path("block_id").path("hash"));
    result.set("time", header.path("time"));
    result.put("txs", block.path("block").path("data").path("txs").size());
    result.set("appHash", header.path("app_hash"));
    result.set("appVersion", header.path("version").path("app"));
    result.set("proposer", header.path("proposer_address"));
    return result;
  }
}
