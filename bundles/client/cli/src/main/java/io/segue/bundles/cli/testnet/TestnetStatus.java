package io.segue.bundles.cli.testnet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.nodes.NodeException;
import io.segue.bundles.nodes.NodeShell;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue testnet status}. */
@Command(
    name = "status",
    description =
        "Shows the status of each node of a network; node:status in a node's shell shows more.",
    mixinStandardHelpOptions = true)
final class TestnetStatus implements Runnable {
  private static final List<String> MEMBERS =
      List.of("state", "height", "appHash", "generation", "heldFor");

  @Spec private CommandSpec spec;
  @Mixin private Home home;
  @Mixin private Output output;

  @Override
  public void run() {
    ArrayNode nodes = Output.JSON.createArrayNode();
    new Network(home).homes().forEach(each -> nodes.add(status(each)));
    output.print(spec.commandLine().getOut(), nodes);
  }

  private static ObjectNode status(Home node) {
    ObjectNode line = Output.object().put("node", "" + node.folder().getFileName());
    try {
      JsonNode status = new NodeShell(node.folder()).ask("node:status");
      MEMBERS.stream()
          .filter(member -> status.hasNonNull(member))
          .forEach(member -> line.set(member, status.get(member)));
    } catch (NodeException e) {
      line.put("state", "DOWN");
    }
    return line;
  }
}
