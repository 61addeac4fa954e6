package io.segue.bundles.cli.keys;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.Key;
import io.segue.bundles.cli.keyring.KeyArmor;
import io.segue.bundles.cli.keyring.Keyring;
import io.segue.kernel.api.node.FailureText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue keys import}. */
@Command(
    name = "import",
    description = {
      "Keeps the key of a file that keys export wrote, here or of the Cosmos SDK's tools.",
      "The passphrase of the file is asked for, without an echo on a terminal, else read as a line of standard input."
    },
    mixinStandardHelpOptions = true)
final class ImportKey implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private Output output = new Output();

  @Parameters(index = "0", paramLabel = "NAME", description = "Name of the key.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "FILE", description = "The file with the key.")
  private Path file;

  @Option(
      names = "--no-passphrase",
      description = "Keeps the key without a passphrase; for tests only.")
  private boolean noPassphrase;

  @Override
  public void run() {
    Keyring keyring = KeysCommand.keyring(home);
    keyring.requireNew(name);
    Key key = KeyArmor.read(text(), Secrets.read("Passphrase of " + file));
    char[] passphrase = noPassphrase ? new char[0] : KeysCommand.newPassphrase();
    output.print(
        spec.commandLine().getOut(), KeysCommand.describe(keyring.add(name, key, passphrase)));
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CliException(file + " can't be read: " + FailureText.of(e), e);
    }
  }
}
