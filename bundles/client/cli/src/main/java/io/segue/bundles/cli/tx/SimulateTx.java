package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.chain.ChainInfo;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.bundles.sdk.Addresses;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx simulate}. */
@Command(
    name = "simulate",
    description = "Prints the gas that the transaction of a file would use now; it is not sent.",
    mixinStandardHelpOptions = true)
final class SimulateTx implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private NodeOption node = new NodeOption();
  @Mixin private Output output = new Output();
  @Mixin private FromOption from = new FromOption();

  @Parameters(paramLabel = "FILE", description = "The transaction.")
  private Path file;

  @Override
  public void run() {
    Keyring keyring = new Keyring(home.keys(), new Addresses(Addresses.DEFAULT_PREFIX));
    ObjectNode result = Output.object();
    NodeClient client = node.client();
    ChainTypes types = ChainTypes.of(client);
    result.put(
        "gasUsed",
        Estimate.gas(new ChainInfo(client), TxFile.read(file, types), from.sender(keyring), types));
    output.print(spec.commandLine().getOut(), result);
  }
}
