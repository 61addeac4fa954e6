package io.segue.bundles.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.sdk.Addresses;
import io.segue.bundles.sdk.Bech32;
import java.util.HexFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue keys parse}. */
@Command(
    name = "parse",
    description = "Shows the bytes of an address, or the addresses that bytes have.",
    mixinStandardHelpOptions = true)
final class ParseAddress implements Runnable {
  private static final String[] SUFFIXES = {
    "", "pub", "valoper", "valoperpub", "valcons", "valconspub"
  };

  @Spec private CommandSpec spec;
  @Mixin private Output output = new Output();

  @Parameters(paramLabel = "ADDRESS", description = "An address, or bytes in hex.")
  private String text = "";

  @Override
  public void run() {
    output.print(spec.commandLine().getOut(), parsed(text.strip()));
  }

  private static ObjectNode parsed(String address) {
    ObjectNode result = Output.object();
    try {
      Bech32.Decoded decoded = Bech32.decode(address);
      return result
          .put("human", decoded.humanPart())
          .put("bytes", HexFormat.of().withUpperCase().formatHex(decoded.data()));
    } catch (IllegalArgumentException notBech32) {
      try {
        byte[] bytes = HexFormat.of().parseHex(address);
        for (String suffix : SUFFIXES) {
          result.withArray("formats").add(Bech32.encode(Addresses.DEFAULT_PREFIX + suffix, bytes));
        }
        return result;
      } catch (IllegalArgumentException notHex) {
        throw new CliException(
            "'" + address + "' is neither an address (" + notBech32.getMessage() + ") nor hex",
            notHex);
      }
    }
  }
}
