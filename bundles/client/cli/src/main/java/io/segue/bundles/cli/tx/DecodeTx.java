package io.segue.bundles.cli.tx;

import com.google.protobuf.InvalidProtocolBufferException;
import io.segue.bundles.cli.chain.ChainTypes;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.home.NodeOption;
import io.segue.bundles.sdk.proto.tx.Tx;
import java.util.Base64;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue tx decode}. */
@Command(
    name = "decode",
    description = "Prints the JSON of a transaction's bytes.",
    mixinStandardHelpOptions = true)
final class DecodeTx implements Runnable {
  @Spec private CommandSpec spec;

  @Mixin private NodeOption node = new NodeOption();
  @Mixin private TxFile output = new TxFile();

  @Parameters(paramLabel = "BYTES", description = "The bytes, in base64.")
  private String bytes;

  @Option(
      names = {"-x", "--hex"},
      description = "The bytes are in hex.")
  private boolean hex;

  @Override
  public void run() {
    try {
      byte[] decoded =
          hex ? HexFormat.of().parseHex(bytes.strip()) : Base64.getDecoder().decode(bytes.strip());
      output.write(
          spec.commandLine().getOut(), ChainTypes.of(node.client()).print(Tx.parseFrom(decoded)));
    } catch (InvalidProtocolBufferException e) {
      throw new CliException("the bytes are no transaction: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new CliException(
          "BYTES are not in " + (hex ? "hex" : "base64; with --hex they are read as hex"), e);
    }
  }
}
