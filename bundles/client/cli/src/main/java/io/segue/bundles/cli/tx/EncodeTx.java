package io.segue.bundles.cli.tx;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.sdk.tx.RawTx;
import java.nio.file.Path;
import java.util.Base64;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx encode}. */
@Command(
    name = "encode",
    description = "Prints the bytes of the transaction of a file in base64, as they are broadcast.",
    mixinStandardHelpOptions = true)
final class EncodeTx implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private NodeOption node = new NodeOption();
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "FILE", description = "The transaction, as tx sign prints it.")
  private Path file;

  @Override
  public void run() {
    String base64 =
        Base64.getEncoder()
            .encodeToString(RawTx.bytes(TxFile.read(file, ChainTypes.of(node.client()))));
    if (output.json()) {
      ObjectNode result = Output.object();
      result.put("tx", base64);
      output.print(spec.commandLine().getOut(), result);
    } else {
      spec.commandLine().getOut().println(base64);
    }
  }
}
