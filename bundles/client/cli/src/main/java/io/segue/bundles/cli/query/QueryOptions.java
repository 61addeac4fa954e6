package io.segue.bundles.cli.query;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Options of every query of the state, and the query itself. */
final class QueryOptions {
  @Mixin Home home = new Home();
  @Mixin NodeOption node = new NodeOption();
  @Mixin Output output = new Output();

  @Option(
      names = "--height",
      paramLabel = "H",
      description = "Height of the state that is asked. Default: the last.")
  private long height;

  NodeClient client() {
    return node.client();
  }

  Keyring keyring() {
    return new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
  }

  /** The address of a key by its name, or the address itself. */
  String address(String nameOrAddress) {
    String address = keyring().address(nameOrAddress);
    try {
      new Addresses(Addresses.DEFAULT_PREFIX).parseAccount(address);
      return address;
    } catch (IllegalArgumentException e) {
      throw new CliException(
          "'"
              + nameOrAddress
              + "' is neither a key (segue keys list) nor an address: "
              + e.getMessage(),
          e);
    }
  }

  /** Asks the state and prints the answer. */
  <T extends Message> void print(CommandSpec spec, String path, Message request, Parser<T> parser) {
    NodeClient client = client();
    T answer = client.query(path, request, height, parser);
    output.print(spec.commandLine().getOut(), ChainTypes.of(client).print(answer));
  }

  /** The bytes of an answer. */
  byte[] ask(String path, byte[] request) {
    return client().query(path, request, height);
  }
}
