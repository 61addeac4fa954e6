package io.segue.bundles.cli.home;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options that are not given have what the home's client file says. */
public final class ClientDefaults implements IDefaultValueProvider {
  private final ClientFile file;
  private final Map<ClientFile.Key, String> values;

  /**
   * Those of the home that a command line names.
   *
   * @throws CliException where its file has what it can't have
   */
  public ClientDefaults(String... words) {
    this.file = new ClientFile(Home.of(words));
    this.values = file.all();
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option)) {
      return null;
    }
    return value(option).orElse(null);
  }

  private Optional<String> value(OptionSpec option) {
    return switch (option.longestName()) {
      case "--node" -> Optional.of(node());
      case "--output" ->
          option.type() == Output.Form.class ? of(ClientFile.Key.OUTPUT) : Optional.empty();
      case "--chain-id" ->
          option.command().qualifiedName().startsWith("segue tx ")
              ? of(ClientFile.Key.CHAIN_ID)
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** The environment counts more than the file, and the file more than the home's own node. */
  String node() {
    String environment = System.getenv("SEGUE_NODE");
    if (environment != null && !environment.isEmpty()) {
      return environment;
    }
    return of(ClientFile.Key.NODE).or(file::ownNode).orElse(NodeOption.DEFAULT);
  }

  private Optional<String> of(ClientFile.Key key) {
    return Optional.ofNullable(values.get(key));
  }
}
