package io.segue.bundles.cli.keys;

import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.KeyNames;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue keys rename}. */
@Command(
    name = "rename",
    description = "Gives a key another name; its passphrase stays.",
    mixinStandardHelpOptions = true)
final class RenameKey implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private Output output = new Output();

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      completionCandidates = KeyNames.class,
      description = "Name of the key.")
  private String name = "";

  @Parameters(index = "1", paramLabel = "NEW-NAME", description = "The new name.")
  private String newName = "";

  @Override
  public void run() {
    output.print(
        spec.commandLine().getOut(),
        KeysCommand.describe(KeysCommand.keyring(home).rename(name, newName)));
  }
}
