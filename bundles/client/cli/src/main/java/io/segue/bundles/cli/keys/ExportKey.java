package io.segue.bundles.cli.keys;

import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.console.OwnerFiles;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.KeyArmor;
import io.segue.bundles.cli.keyring.KeyNames;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue keys export}. */
@Command(
    name = "export",
    description = {
      "Prints a key encrypted, for keys import here or of the Cosmos SDK's tools.",
      "The passphrase to encrypt it is asked for, without an echo on a terminal, else read as a line of standard input."
    },
    mixinStandardHelpOptions = true)
final class ExportKey implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private Output output = new Output();

  @Parameters(
      paramLabel = "NAME",
      completionCandidates = KeyNames.class,
      description = "Name of the key.")
  private String name = "";

  @Option(
      names = "--output-document",
      paramLabel = "FILE",
      description = "Where the key goes; the file must not exist. Default: standard output.")
  private @Nullable Path document;

  @Option(
      names = "--unarmored-hex",
      description = "Prints the secret itself, in hex and not encrypted; needs --unsafe.")
  private boolean hex;

  @Option(names = "--unsafe", description = "Allows --unarmored-hex.")
  private boolean unsafe;

  @Override
  public void run() {
    if (hex != unsafe) {
      throw new ParameterException(
          spec.commandLine(), "--unarmored-hex and --unsafe must be used together");
    }
    Key key = KeysCommand.keyring(home).key(name);
    String text =
        hex
            ? HexFormat.of().formatHex(key.secret()) + "\n"
            : KeyArmor.write(key, Secrets.choose("Passphrase to encrypt the exported key"));
    if (document != null) {
      OwnerFiles.writeNew(document, text);
    } else if (output.json()) {
      output.print(
          spec.commandLine().getOut(), Output.object().put(hex ? "secret" : "armor", text.strip()));
    } else {
      spec.commandLine().getOut().print(text);
      spec.commandLine().getOut().flush();
    }
  }
}
