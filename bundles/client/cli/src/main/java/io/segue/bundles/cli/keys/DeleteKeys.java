package io.segue.bundles.cli.keys;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.cli.keyring.KeyNames;
import io.segue.bundles.cli.keyring.Keyring;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue keys delete}. */
@Command(
    name = "delete",
    description = "Deletes keys; without their mnemonic or an export they are lost.",
    mixinStandardHelpOptions = true)
final class DeleteKeys implements Runnable {
  @Spec private CommandSpec spec;
  @Mixin private Home home = new Home();
  @Mixin private Output output = new Output();

  @Parameters(
      arity = "1..*",
      paramLabel = "NAME",
      completionCandidates = KeyNames.class,
      description = "Names of the keys.")
  private List<String> names = new ArrayList<>();

  @Option(
      names = {"-y", "--yes"},
      description = "Does not ask.")
  private boolean yes;

  @Override
  public void run() {
    Keyring keyring = KeysCommand.keyring(home);
    names.forEach(keyring::entry);
    if (!yes) {
      confirm();
    }
    var deleted = Output.JSON.createArrayNode();
    for (String name : names) {
      keyring.delete(name);
      deleted.add(name);
    }
    output.print(spec.commandLine().getOut(), Output.object().set("deleted", deleted));
  }

  private void confirm() {
    spec.commandLine().getErr().print("Delete " + String.join(", ", names) + " for ever? [y/N] ");
    spec.commandLine().getErr().flush();
    String answer = Secrets.line().orElse("").strip().toLowerCase(Locale.ROOT);
    if (!answer.equals("y") && !answer.equals("yes")) {
      throw new CliException("nothing is deleted; answer y, or give --yes");
    }
  }
}
