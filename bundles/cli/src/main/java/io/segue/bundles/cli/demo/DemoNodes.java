package io.segue.bundles.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.segue.bundles.cli.CliException;
import io.segue.bundles.cli.Home;
import io.segue.bundles.cli.NewHome;
import io.segue.bundles.cli.chain.NodeClient;
import io.segue.bundles.cli.process.NodeProcess;
import io.segue.bundles.cli.process.NodeShell;
import io.segue.bundles.cli.testnet.CometBft;
import io.segue.bundles.cli.testnet.NewNetwork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes of a demo: one that makes its blocks itself, or several validators under CometBFT. The
 * first is the one that clients use.
 */
final class DemoNodes implements AutoCloseable {
  static final String CHAIN_ID = "segue-demo";

  private final List<Home> homes = new ArrayList<>();
  private final List<NodeClient> clients = new ArrayList<>();
  private final List<NodeProcess> processes = new ArrayList<>();
  private final Maker maker;
  private boolean closed;

  /** Makes the homes of one chain. */
  @FunctionalInterface
  private interface Maker {
    void make(NewHome first, List<NewHome> others);
  }

  /**
   * Nodes that are not yet made.
   *
   * @param count more than one needs CometBFT
   * @throws CliException where there is no CometBFT
   */
  DemoNodes(Home folder, int count, Duration blockInterval) {
    if (count == 1) {
      int port = NodeProcess.freePort();
      homes.add(folder);
      clients.add(new NodeClient("http://127.0.0.1:" + port));
      maker = (first, others) -> solo(first, port, blockInterval);
      return;
    }
    NewNetwork network =
        new NewNetwork(folder, NewNetwork.freeHosts(count), blockInterval, CometBft.find());
    for (int i = 0; i < count; i++) {
      homes.add(network.home(i));
      clients.add(new NodeClient(network.rpc(i)));
    }
    maker = network::make;
  }

  private static void solo(NewHome home, int port, Duration blockInterval) {
    String intervalMs = Long.toString(blockInterval.toMillis());
    home.moniker("demo").set("io.segue.consensus.solo", "blockIntervalMs", intervalMs);
    home.besideOthers(port).make();
  }

  int count() {
    return homes.size();
  }

  List<Home> homes() {
    return homes;
  }

  /** Where clients ask. */
  NodeClient client() {
    return clients.get(0);
  }

  /** The first one's process; to be called after {@link #start}. */
  NodeProcess first() {
    return processes.get(0);
  }

  List<NodeProcess> processes() {
    return processes;
  }

  /** What the chain begins with, to be completed. */
  NewHome chain() {
    return new NewHome(homes.get(0), CHAIN_ID);
  }

  /** Makes the homes, and starts the nodes. */
  void start(NewHome first) {
    maker.make(
        first, homes.subList(1, count()).stream().map(h -> new NewHome(h, CHAIN_ID)).toList());
    synchronized (processes) {
      if (!closed) {
        homes.forEach(home -> processes.add(NodeProcess.start(home, List.of())));
      }
    }
  }

  /** The shell of a node. */
  NodeShell shell(int node) {
    return new NodeShell(homes.get(node));
  }

  /** Header of a block, as a node has it. */
  JsonNode header(int node, long height) {
    return clients.get(node).block(height).at("/block/header");
  }

  /** How many blocks all nodes have. */
  long commonHeight() {
    return clients.stream().mapToLong(NodeClient::height).min().orElseThrow();
  }

  /** Stops what runs; any thread, while another one starts them, too. */
  @Override
  public void close() {
    synchronized (processes) {
      closed = true;
      processes.parallelStream().forEach(NodeProcess::close);
    }
  }
}
