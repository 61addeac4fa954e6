package io.segue.bundles.cli.testnet;

import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.Home;
import io.segue.bundles.cli.Output;
import io.segue.bundles.cli.Waiting;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue testnet stop}. */
@Command(
    name = "stop",
    description = "Stops a network that segue testnet start runs, and waits until it has ended.",
    mixinStandardHelpOptions = true)
final class TestnetStop implements Runnable {
  /** Longer than a node may take until it is killed. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @Spec private CommandSpec spec;
  @Mixin private Home home;
  @Mixin private Output output;

  @Override
  public void run() {
    Network network = new Network(home);
    int nodes = network.homes().size();
    ProcessHandle supervisor =
        network
            .supervisor()
            .orElseThrow(
                () ->
                    new CliException(
                        "the network in "
                            + home.folder()
                            + " does not run; start it with segue testnet start"));
    supervisor.destroy();
    if (Waiting.until(LIMIT, () -> ended(supervisor)).isEmpty()) {
      throw new CliException(
          "process "
              + supervisor.pid()
              + " did not end within "
              + LIMIT.toSeconds()
              + " s; look at the log/ of the nodes");
    }
    output.print(spec.commandLine().getOut(), Output.object().put("stopped", nodes));
  }

  private static Optional<Boolean> ended(ProcessHandle process) {
    return process.isAlive() ? Optional.empty() : Optional.of(true);
  }
}
