package io.segue.bundles.cli.testnet;

import io.segue.bundles.cli.home.Home;
import io.segue.bundles.nodes.NodeException;
import io.segue.bundles.nodes.NodeProcess;
import io.segue.bundles.nodes.NodeShell;
import io.segue.bundles.nodes.Waiting;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code segue testnet start}. */
@Command(
    name = "start",
    description = {
      "Runs a network until Ctrl-C or segue testnet stop: the nodes, which run their CometBFT.",
      "Whatever ends is started again. Nodes that still run after their segue testnet start was"
          + " killed are taken over. Logs are in the log/ of each home."
    },
    mixinStandardHelpOptions = true)
final class TestnetStart implements Runnable {
  /** How often the nodes are looked at. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** Pause before a node that ended is started again. */
  private static final Duration AGAIN = Duration.ofSeconds(2);

  @Spec private CommandSpec spec;
  @Mixin private Home home;

  private final List<NodeProcess> nodes = new ArrayList<>();
  private volatile boolean ending;

  @Override
  public void run() {
    Network network = new Network(home);
    List<Home> homes = network.homes();
    network.supervise();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(network), "testnet end"));
    PrintWriter out = spec.commandLine().getOut();
    for (int i = 0; i < homes.size(); i++) {
      takeOverOrStart(out, homes, i);
    }
    tell(out, homes.size() + " nodes start; Ctrl-C ends them");
    boolean running = false;
    while (!ending) {
      Waiting.pause(LOOK);
      for (int i = 0; i < homes.size(); i++) {
        keepRunning(out, homes, i);
      }
      if (!running && homes.stream().allMatch(TestnetStart::hasBlocks)) {
        running = true;
        tell(out, "the network makes blocks; segue testnet status --home " + home.folder());
      }
    }
    // What ends this process waits for the nodes.
    Waiting.forever();
  }

  private void takeOverOrStart(PrintWriter out, List<Home> homes, int i) {
    Optional<NodeProcess> left = NodeProcess.running(homes.get(i).folder());
    if (left.isPresent()) {
      add(left.get(), i);
      tell(out, Network.name(i) + " runs already as process " + left.get().pid());
    } else {
      start(homes, i);
    }
  }

  private void keepRunning(PrintWriter out, List<Home> homes, int i) {
    if (ending || nodes.get(i).isAlive()) {
      return;
    }
    tell(out, nodes.get(i).failure(Network.name(i) + " ended, and is started again").getMessage());
    Waiting.pause(AGAIN);
    start(homes, i);
  }

  /** Starts a node, where nobody has ended the network meanwhile. */
  private void start(List<Home> homes, int i) {
    synchronized (nodes) {
      if (ending) {
        return;
      }
      add(NodeProcess.start(homes.get(i).folder(), List.of()), i);
    }
  }

  private void add(NodeProcess node, int i) {
    synchronized (nodes) {
      if (i < nodes.size()) {
        nodes.set(i, node);
      } else {
        nodes.add(node);
      }
    }
  }

  private static boolean hasBlocks(Home home) {
    try {
      return new NodeShell(home.folder()).ask("node:status").path("height").asLong() > 0;
    } catch (NodeException e) {
      return false; // not yet there
    }
  }

  private static void tell(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }

  private void end(Network network) {
    synchronized (nodes) {
      ending = true;
    }
    nodes.parallelStream().forEach(NodeProcess::close);
    network.leave();
  }
}
