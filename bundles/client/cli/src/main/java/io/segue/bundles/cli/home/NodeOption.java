package io.segue.bundles.cli.home;

import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Words;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --node}. */
public final class NodeOption {
  /** Where a node listens that nobody configured otherwise. */
  static final String DEFAULT = "http://127.0.0.1:26657";

  private static final String NAME = "--node";

  @Option(
      names = NAME,
      paramLabel = "URL",
      description =
          "JSON-RPC of the node to ask. Default: $SEGUE_NODE, else that of segue config, else the"
              + " port of this home's node, else "
              + DEFAULT
              + ".")
  private String url = DEFAULT;

  /** A client of that node. */
  public NodeClient client() {
    return new NodeClient(url);
  }

  /**
   * The JSON-RPC of another node.
   *
   * @param named its URL, or its home
   * @throws CliException where it is neither
   */
  public static String of(String named) {
    if (named.startsWith("http://") || named.startsWith("https://")) {
      return named;
    }
    Home home = Home.at(Path.of(named));
    return new ClientFile(home)
        .ownNode()
        .orElseThrow(
            () ->
                new CliException(
                    home.folder()
                        + " is no home of a node with a JSON-RPC; name its home, or a URL such as "
                        + DEFAULT));
  }

  /** The URL that a command line names, before it is parsed. */
  public static String given(String... words) {
    return Words.option(NAME, words).orElseGet(() -> new ClientDefaults(words).node());
  }
}
