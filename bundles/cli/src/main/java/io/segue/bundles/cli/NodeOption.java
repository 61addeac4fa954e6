package io.segue.bundles.cli;

import io.segue.bundles.cli.chain.NodeClient;
import picocli.CommandLine.Option;

/** The option {@code --node}. */
public final class NodeOption {
  /** Where a node listens that nobody configured otherwise. */
  static final String DEFAULT = "http://127.0.0.1:26657";

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "JSON-RPC of the node to ask. Default: $SEGUE_NODE, else " + DEFAULT + ".")
  private String url = environment();

  /** A client of that node. */
  public NodeClient client() {
    return new NodeClient(url);
  }

  private static String environment() {
    String set = System.getenv("SEGUE_NODE");
    return set == null || set.isEmpty() ? DEFAULT : set;
  }
}
