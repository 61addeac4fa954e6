package io.segue.bundles.cli.tx;

import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.sdk.tx.RawTx;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx broadcast}. */
@Command(
    name = "broadcast",
    description = "Sends the signed transaction of a file.",
    mixinStandardHelpOptions = true)
final class BroadcastTx implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private NodeOption node = new NodeOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The transaction, as tx sign prints it.")
  private Path file;

  @Option(names = "--wait", description = "Waits until a block has the transaction.")
  private boolean wait;

  @Override
  public Integer call() {
    NodeClient client = node.client();
    return new Broadcasting(spec, output, wait)
        .send(client, RawTx.bytes(TxFile.read(file, ChainTypes.of(client))));
  }
}
