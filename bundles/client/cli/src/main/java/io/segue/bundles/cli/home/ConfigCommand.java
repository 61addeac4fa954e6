package io.segue.bundles.cli.home;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.segue.bundles.cli.console.HelpOption;
import io.segue.bundles.cli.console.Output;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code segue config}. */
@Command(
    name = "config",
    description = {
      "Defaults of this command line's options: config/client.toml of the home.",
      "Keys: chain-id, keyring-dir, node, output. The node's own settings are in etc/, where each"
          + " is described."
    },
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
public final class ConfigCommand implements Runnable {
  /** The Cosmos SDK's tools have the file's name before the key; it may stand here, too. */
  private static final String FILE = "client";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  @Command(name = "view", description = "Shows all keys.")
  void view(
      @Mixin HelpOption help,
      @Mixin Home home,
      @Mixin Output output,
      @Parameters(paramLabel = "client", arity = "0..1", hidden = true) String file) {
    Map<ClientFile.Key, String> values = new ClientFile(home).all();
    ObjectNode result = Output.object();
    for (ClientFile.Key key : ClientFile.Key.values()) {
      result.put(key.toString(), values.getOrDefault(key, ""));
    }
    output.print(spec.commandLine().getOut(), result);
  }

  @Command(name = "get", description = "Shows a key.")
  void get(
      @Mixin HelpOption help,
      @Mixin Home home,
      @Mixin Output output,
      @Parameters(paramLabel = "KEY", arity = "1..2", description = "As chain-id.")
          List<String> words) {
    ClientFile.Key key = ClientFile.Key.of(words(words, 1, "get KEY").get(0));
    String value = new ClientFile(home).all().getOrDefault(key, "");
    if (output.json()) {
      output.print(spec.commandLine().getOut(), Output.object().put(key.toString(), value));
    } else {
      spec.commandLine().getOut().println(value);
    }
  }

  @Command(name = "set", description = "Changes a key; an empty value removes it.")
  void set(
      @Mixin HelpOption help,
      @Mixin Home home,
      @Mixin Output output,
      @Parameters(paramLabel = "KEY VALUE", arity = "2..3", description = "As chain-id my-chain.")
          List<String> words) {
    List<String> given = words(words, 2, "set KEY VALUE");
    ClientFile.Key key = ClientFile.Key.of(given.get(0));
    new ClientFile(home).set(key, given.get(1));
    output.print(spec.commandLine().getOut(), Output.object().put(key.toString(), given.get(1)));
  }

  private List<String> words(List<String> words, int count, String usage) {
    List<String> given = words.get(0).equals(FILE) ? words.subList(1, words.size()) : words;
    if (given.size() != count) {
      throw new ParameterException(spec.commandLine(), "write segue config " + usage);
    }
    return given;
  }
}
