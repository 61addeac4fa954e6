package io.segue.bundles.cli.testnet;

import io.segue.bundles.cli.console.CliException;
import io.segue.bundles.cli.console.Output;
import io.segue.bundles.cli.home.Home;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue testnet stop}. */
@Command(
    name = "stop",
    description = {
      "Stops a network that segue testnet start runs, and waits until it has ended; also one whose"
          + " segue testnet start was killed."
    },
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
    List<Home> homes = network.homes();
    Optional<ProcessHandle> supervisor = network.supervisor();
    if (supervisor.isPresent()) {
      stop(supervisor.get());
    } else if (!stopLeft(homes)) {
      throw new CliException(
          "the network in "
              + home.folder()
              + " does not run; start it with segue testnet start --home "
              + home.folder());
    }
    output.print(spec.commandLine().getOut(), Output.object().put("stopped", homes.size()));
  }

  private static void stop(ProcessHandle supervisor) {
    supervisor.destroy();
    if (Waiting.until(LIMIT, () -> ended(supervisor)).isEmpty()) {
      throw new CliException(
          "process "
              + supervisor.pid()
              + " did not end within "
              + LIMIT.toSeconds()
              + " s; look at the log/ of the nodes");
    }
  }

  /** Stops what a supervisor that was killed has left; whether there was anything. */
  private static boolean stopLeft(List<Home> homes) {
    return homes.parallelStream()
        .map(
            home -> {
              Optional<NodeProcess> node = NodeProcess.running(home.folder());
              node.ifPresent(NodeProcess::close);
              return CometBft.stopLeft(home) || node.isPresent();
            })
        .reduce(false, Boolean::logicalOr);
  }

  private static Optional<Boolean> ended(ProcessHandle process) {
    return process.isAlive() ? Optional.empty() : Optional.of(true);
  }
}
